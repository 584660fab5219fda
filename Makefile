# relua: Lua behind its own C ABI.
#
#   make                 builds dist/: for each version of Lua the libraries, headers, pkg-config file and programs
#   make install         copies what `make` has built to PREFIX (default /usr/local), below DESTDIR if given
#   make test            the differential tests and the C programs
#   make bench           the benchmarks, ours and the reference side by side
#   make demo            the examples of C hosts and modules
#   make official SUITES=dir   the official test suites, from a directory that holds them
#   make check-abi       compares what the libraries export and what the headers say with the stock library's, links
#                        programs in all the ways there are
#
# Settings:
#   LUA=5.4              which Lua: 5.1 5.2 5.3 5.4 5.5; without it, all of them (`make bench` takes 5.4 then).
#                        VERSION=5.4 means the same.
#   PREFIX=/usr/local    where it will be installed
#   ROOT=/usr/local      the root of the default module paths, which does not follow PREFIX, as in stock Lua
#   SONAME=...           default liblua$(LUA).so.0; other systems use liblua.so.$(LUA)
#   MULTIARCH=...        set on Debian and its kin (found out by asking the compiler): the default module paths become
#                        those of the system's Lua packages, so that `require` finds the modules installed there.
#                        MULTIARCH= (empty) gives the paths of a plain build from source.
#   LAYOUT=              (empty) leaves the order of the code to the linker (link/layout.ld; for linkers other than ld, lld)
#   PACKED=              (empty) writes relocations that C libraries before glibc 2.36 can read, too
#   CC, AR, OBJCOPY, CARGO, CARGO_FLAGS, CFLAGS, LDFLAGS as usual

VERSIONS    := 5.1 5.2 5.3 5.4 5.5
ifeq ($(origin VERSION),command line)
LUA         ?= $(VERSION)
endif
DIST        := dist
TARGET      := $(or $(CARGO_TARGET_DIR),target)

.PHONY: all lib programs install test bench demo official check-abi clean FORCE $(VERSIONS)
.DELETE_ON_ERROR:

ifeq ($(LUA),)

# ---- all versions: each by a make of its own, at the same time with -j

define for_each_version
$(1): $(addprefix $(1)-,$(VERSIONS))
$(addprefix $(1)-,$(VERSIONS)): $(1)-%:
	@$$(MAKE) --no-print-directory $(1) LUA=$$*
.PHONY: $(addprefix $(1)-,$(VERSIONS))
endef
$(foreach goal,all lib programs install demo official,$(eval $(call for_each_version,$(goal))))

test: all
	tests/run

bench:
	@$(MAKE) --no-print-directory $@ LUA=5.4

check-abi: all
	tests/run packaging

else

# ---- one version

PREFIX      ?= /usr/local
ROOT        ?= /usr/local
DESTDIR     ?=
LIBDIR      ?= $(PREFIX)/lib
INCLUDEDIR  ?= $(PREFIX)/include
BINDIR      ?= $(PREFIX)/bin
SONAME      ?= liblua$(LUA).so.0
CARGO       ?= cargo
OBJCOPY     ?= objcopy
CFLAGS      ?= -O2
ifeq ($(origin MULTIARCH),undefined)
MULTIARCH   := $(if $(wildcard /etc/debian_version),$(shell $(CC) -print-multiarch 2>/dev/null))
endif
LAYOUT      ?= link/layout.ld
# A pointer that the dynamic linker has to adjust takes a bit in the file instead of 24 bytes, where the C library can read that.
PACKED      := $(shell grep -qs GLIBC_ABI_DT_RELR "$$($(CC) -print-file-name=libc.so.6)" && \
                 echo -Wl,-z,pack-relative-relocs)

RELEASE_5.1 := 5.1.5
RELEASE_5.2 := 5.2.4
RELEASE_5.3 := 5.3.6
RELEASE_5.4 := 5.4.8
RELEASE_5.5 := 5.5.0
RELEASE     := $(RELEASE_$(LUA))
ifeq ($(RELEASE),)
$(error LUA=$(LUA): choose one of $(VERSIONS))
endif
# What the reference builds define for programs that use the headers.
COMPAT_5.2  := -DLUA_COMPAT_ALL
COMPAT_5.3  := -DLUA_COMPAT_5_2
COMPAT_5.4  := -DLUA_COMPAT_5_3
COMPAT      := $(COMPAT_$(LUA))

FEATURE     := lua$(subst .,,$(LUA))
ARCHIVE     := $(TARGET)/$(LUA)/release/librelua.a
SO          := $(DIST)/lib/liblua$(LUA).so.0.0.0
STATIC      := $(DIST)/lib/liblua$(LUA).a
PC          := $(DIST)/lib/pkgconfig/lua$(LUA).pc
HEADERS     := $(patsubst include/lua$(LUA)/%,$(DIST)/include/lua$(LUA)/%,$(wildcard include/lua$(LUA)/*.h*))
LUA_SOURCES  := programs/lua.c
LUAC_SOURCES := $(filter-out $(LUA_SOURCES),$(wildcard programs/*.c))
PROGRAMS    := $(DIST)/bin/lua$(LUA) $(DIST)/bin/luac$(LUA)
SYSTEM_LIBS := -lm -ldl -lpthread
comma       := ,

export RELUA_ROOT      := $(ROOT)/
export RELUA_MULTIARCH := $(MULTIARCH)

all: lib programs
lib: $(SO) $(STATIC) $(HEADERS) $(PC)
programs: $(PROGRAMS)

# ---- the library

# Cargo knows what is out of date. Each version has a directory of its own, or they would make each other out of date.
$(ARCHIVE): FORCE
	MAKEFLAGS= $(CARGO) rustc --quiet --release --lib --crate-type staticlib --target-dir $(TARGET)/$(LUA) \
	  --no-default-features --features $(FEATURE) $(CARGO_FLAGS)

# Cargo cannot give its own shared libraries our symbol versions, so the archive is linked here: everything goes in, what
# nothing reachable from the exported functions needs goes out again. Without the start files: there is nothing to do
# when the library is loaded or unloaded, and the functions that would do it cost pages at both ends of the code.
$(SO): $(ARCHIVE) abi/lua$(LUA).map $(LAYOUT)
	@mkdir -p $(@D)
	$(CC) -shared -nostartfiles -o $@ -Wl,--whole-archive $(ARCHIVE) -Wl,--no-whole-archive \
	  $(addprefix -Wl$(comma)-T$(comma),$(LAYOUT)) \
	  -Wl,--version-script=abi/lua$(LUA).map -Wl,--gc-sections -Wl,-soname,$(SONAME) \
	  -Wl,-z,relro,-z,now $(PACKED) -Wl,--as-needed $(LDFLAGS) $(SYSTEM_LIBS)
	$(OBJCOPY) --strip-debug $@
	ln -sf $(@F) $(@D)/$(SONAME)
	ln -sf $(SONAME) $(@D)/liblua$(LUA).so

# One object of what Lua's functions need, with only their names visible, so that it links next to any other Rust library.
$(STATIC): $(ARCHIVE) abi/lua$(LUA).map
	@mkdir -p $(@D)
	sed -n 's/^ *\(lua[A-Za-z_0-9]*\);$$/-u \1/p' abi/lua$(LUA).map > $(TARGET)/$(LUA)/exports
	$(LD) -r --gc-sections @$(TARGET)/$(LUA)/exports $(ARCHIVE) -o $(TARGET)/$(LUA)/liblua.o
	$(OBJCOPY) --wildcard --keep-global-symbol='lua_*' --keep-global-symbol='luaL_*' \
	  --keep-global-symbol='luaopen_*' --remove-section .llvmbc --remove-section .llvmcmd --strip-debug \
	  $(TARGET)/$(LUA)/liblua.o
	rm -f $@
	$(AR) rcs $@ $(TARGET)/$(LUA)/liblua.o

$(DIST)/include/lua$(LUA)/%: include/lua$(LUA)/%
	@mkdir -p $(@D)
	cp $< $@

# In dist/ the description finds its tree by its own place; `make install` writes one with the final paths.
describe = sed -e 's|@PREFIX@|$(1)|g' -e 's|@LIBDIR@|$(2)|g' -e 's|@INCLUDEDIR@|$(3)|g' -e 's|@LUA@|$(LUA)|g' \
  -e 's|@RELEASE@|$(RELEASE)|g' -e 's|@COMPAT@|$(if $(COMPAT), $(COMPAT))|g' -e 's|@SYSTEM_LIBS@|$(SYSTEM_LIBS)|g' \
  pkgconfig/lua.pc.in > $(4)

$(PC): pkgconfig/lua.pc.in Makefile
	@mkdir -p $(@D)
	$(call describe,$${pcfiledir}/../..,$${prefix}/lib,$${prefix}/include,$@)

# ---- the programs

RPATH    := -Wl,-rpath,'$$ORIGIN/../lib'

# Like the stock interpreter, `lua` shows its symbols to the modules it loads.
$(DIST)/bin/lua$(LUA): $(LUA_SOURCES) programs/versions.h $(SO) $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(COMPAT) -I$(DIST)/include/lua$(LUA) -o $@ $(LUA_SOURCES) $(LDFLAGS) \
	  -L$(DIST)/lib -llua$(LUA) $(RPATH) -Wl,-E -ldl

$(DIST)/bin/luac$(LUA): $(LUAC_SOURCES) $(wildcard programs/*.h) $(SO) $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(COMPAT) -I$(DIST)/include/lua$(LUA) -o $@ $(LUAC_SOURCES) $(LDFLAGS) \
	  -L$(DIST)/lib -llua$(LUA) $(RPATH)

# ---- what comes with it

# Builds only what is not there, so that root needs no cargo.
install: $(if $(wildcard $(lastword $(PROGRAMS))),,all)
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/lua$(LUA) $(DESTDIR)$(BINDIR)
	install -m 755 $(SO) $(DESTDIR)$(LIBDIR)/
	ln -sf $(notdir $(SO)) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/liblua$(LUA).so
	install -m 644 $(STATIC) $(DESTDIR)$(LIBDIR)/
	$(call describe,$(PREFIX),$(LIBDIR),$(INCLUDEDIR),$(DESTDIR)$(LIBDIR)/pkgconfig/$(notdir $(PC)))
	install -m 644 $(HEADERS) $(DESTDIR)$(INCLUDEDIR)/lua$(LUA)/
	install -m 755 $(PROGRAMS) $(DESTDIR)$(BINDIR)/

test: all
	LUA=$(LUA) tests/run

bench: all
	benches/run $(LUA)

demo: all
	c-examples/run $(LUA)

official: all
	tests/official $(LUA) $(SUITES)

check-abi: all
	LUA=$(LUA) tests/run packaging

endif

clean:
	rm -rf $(DIST) $(foreach version,$(VERSIONS),$(TARGET)/$(version))
