//! Libraries that register themselves (5.1 and 5.2): the table of a library is `package.loaded[name]`, or the global
//! variable of that name, and is made if there is none.

use super::{LOADED_TABLE, REGISTRY, State};
use crate::object::Fallible;
use crate::object::value::types;

impl State {
    /// `luaL_findtable`: pushes the table that a path of names leads to from the table at `index`, made with room for
    /// `size` fields if need be. If there is something else on the way, pushes nothing and returns where its name begins.
    pub fn find_table(self, index: i32, path: &[u8], size: usize) -> Fallible<Option<usize>> {
        self.push_value(index);
        let mut at = 0;
        for name in path.split(|&b| b == b'.') {
            let is_last = at + name.len() == path.len();
            self.push_bytes(name)?;
            self.raw_get(-2);
            match self.type_of(-1) {
                types::NIL => {
                    self.pop(1);
                    self.new_table(0, if is_last { size } else { 1 })?;
                    self.push_bytes(name)?;
                    self.push_value(-2);
                    self.set_table(-4)?;
                }
                types::TABLE => {}
                _ => {
                    self.pop(2);
                    return Ok(Some(at));
                }
            }
            self.remove(-2);
            at += name.len() + 1;
        }
        Ok(None)
    }

    /// Pushes the table of the library `name`, with room for `size` functions if it is new.
    pub fn open_library_table(self, name: &[u8], size: usize) -> Fallible<()> {
        self.find_table(REGISTRY, LOADED_TABLE, 1)?;
        if self.get_field(-1, name)? != types::TABLE {
            self.pop(1);
            self.push_globals();
            if self.find_table(-1, name, size)?.is_some() {
                return Err(self.error(&["name conflict for module '".into(), name.into(), "'".into()]));
            }
            self.remove(-2);
            self.push_value(-1);
            self.set_field(-3, name)?;
        }
        self.remove(-2);
        Ok(())
    }
}
