//! What a description reads beside the parts of every document.

use crate::params::document::{Node, Reader};
use crate::params::problem::key_path;
use crate::schema::Schema;

impl Reader {
    /// The types of parameters.
    pub(crate) fn schema(&mut self, node: Node, path: &str) -> Schema {
        let mut schema = Schema::new();
        for (name, entry) in self.entries(node, path) {
            let (path, place) = (key_path(path, &name), entry.node.place);
            let Some(text) = self.text(&entry.node, &path) else {
                continue;
            };
            if let Err(error) = schema.insert_shape(&name, &text) {
                self.wrong(&path, place, error.to_string());
            }
        }
        schema
    }
}
