//! An office that is worked on by commands alone, as a script does it.

use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};

use super::bare;

/// The Registered Manager of every such office.
pub const YOU: &str = "Ruth Adeyemi";

/// An office with one place and its Registered Manager, who does whatever is done there.
pub struct Scripted {
    around: tempfile::TempDir,
    /// Where it lies, for `--office`.
    pub path: String,
}

impl Scripted {
    /// Sets it up.
    pub fn set_up() -> Self {
        let around = tempfile::tempdir().expect("the system has room for a temporary directory");
        let path = around.path().join("office").to_str().expect("a plain name").to_owned();
        let office = Self { around, path };
        let place = ["--name", "Rowan", "--place", "Rowan House", "--service", "residential"];
        office.does(&[&["setup"], &place[..], &["--you", YOU, "--role", "registered_manager"]].concat());
        office
    }

    /// Puts Theresa Quill on record, with this beside her name, birthday and place.
    pub fn knows_quill(&self, more: &Value) {
        let mut said = json!({
            "name": "Theresa Quill", "born": "03-Apr-1939", "nhs_number": "999 000 0018", "location": "Rowan House",
            "get_in": "Key safe by the door, 4711",
        });
        let more = more.as_object().cloned().unwrap_or_default();
        said.as_object_mut().expect("an object").extend(more);
        self.records("people.register", &[], &said);
    }

    /// A command.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        bare(&[&["--office", self.path.as_str()], arguments].concat(), input)
    }

    /// What a command that succeeds says.
    pub fn does(&self, arguments: &[&str]) -> String {
        let out = self.run(arguments, "");
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).expect("text")
    }

    /// The same, as the Registered Manager.
    pub fn says(&self, arguments: &[&str]) -> String {
        self.does(&[arguments, &["--as", YOU]].concat())
    }

    /// The same as a value.
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.says(arguments)).expect("JSON")
    }

    /// Records a step and answers with the reference of its case.
    pub fn records(&self, step: &str, more: &[&str], answers: &Value) -> String {
        let fixed = ["record", step, "--json", "-", "--typed-by", YOU, "--alone", "There is nobody else"];
        let out = self.run(&[&fixed, more].concat(), &answers.to_string());
        assert!(out.status.success(), "{step}: {}", String::from_utf8_lossy(&out.stderr));
        let receipt: Value = serde_json::from_slice(&out.stdout).expect("a receipt");
        receipt["cases"][0]["reference"].as_str().unwrap_or_default().to_owned()
    }

    /// A place beside the office that goes with it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }
}
