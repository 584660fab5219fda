//! Where things are: our distribution, the reference, the tests themselves.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// All versions of Lua, as `make` names them.
pub const VERSIONS: &[&str] = &["5.1", "5.2", "5.3", "5.4", "5.5"];

/// The places for the checks of one version.
#[derive(Clone)]
pub struct Places {
    pub version: &'static str,
    /// The project's root.
    pub root: PathBuf,
    /// What `make` has built: a prefix tree. `RELUA_DIST` overrides it.
    pub ours: PathBuf,
    /// The same of the reference.
    pub reference: PathBuf,
    /// Where the stock programs are. `RELUA_STOCK` overrides it.
    pub stock: PathBuf,
    /// A directory for what the checks of this version make; emptied at the start.
    pub scratch: PathBuf,
}

impl Places {
    pub fn find(version: &'static str) -> Result<Places, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().map_err(|trouble| format!("{}: {trouble}", root.display()))?;
        let places = Places {
            version,
            ours: env::var_os("RELUA_DIST").map_or_else(|| root.join("dist"), PathBuf::from),
            reference: root.join("build/reference").join(version),
            stock: env::var_os("RELUA_STOCK").map_or_else(|| PathBuf::from("/usr"), PathBuf::from),
            scratch: root.join("build/tests").join(version),
            root,
        };
        for (what, place) in [("make", &places.ours), ("tests/run", &places.reference)] {
            let library = places.library_file(place, "so.0");
            if !library.exists() {
                return Err(format!("{} is not there: run {what} first", library.display()));
            }
        }
        let _ = fs::remove_dir_all(&places.scratch);
        places.link_programs()?;
        Ok(places)
    }

    /// Fills [`Places::bin`] for each side.
    pub fn link_programs(&self) -> Result<(), String> {
        self.programs_of("ours", &self.ours)?;
        self.programs_of("reference", &self.reference)?;
        self.programs_of("stock", &self.stock)
    }

    /// The same places for another version.
    pub fn of(&self, version: &'static str) -> Places {
        let reference = self.root.join("build/reference").join(version);
        Places { version, reference, ..self.clone() }
    }

    /// A new empty directory below the scratch one.
    pub fn fresh(&self, name: &str) -> PathBuf {
        let clean: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let directory = self.scratch.join(clean);
        let _ = fs::remove_dir_all(&directory);
        let _ = fs::create_dir_all(&directory);
        directory
    }

    /// The directory that holds, under the same names for each side, links to its programs: so that messages
    /// which begin with the program's name are equal.
    pub fn bin(&self, side: &str) -> PathBuf {
        self.scratch.join("bin").join(side)
    }

    fn programs_of(&self, side: &str, prefix: &Path) -> Result<(), String> {
        let directory = self.bin(side);
        fs::create_dir_all(&directory).map_err(|trouble| format!("{}: {trouble}", directory.display()))?;
        for program in ["lua", "luac"] {
            let name = format!("{program}{}", self.version);
            let target = prefix.join("bin").join(&name);
            if target.exists() {
                let _ = std::os::unix::fs::symlink(target, directory.join(&name));
            }
        }
        Ok(())
    }

    pub fn library_file(&self, prefix: &Path, ending: &str) -> PathBuf {
        prefix.join(format!("lib/liblua{}.{ending}", self.version))
    }
}
