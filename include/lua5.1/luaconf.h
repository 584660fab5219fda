/*
 * luaconf.h: how this Lua was configured.
 *
 * The library's numbers are C doubles. Of the switches that exist in the original header only those are honoured that do
 * not change the library's ABI.
 */
#ifndef lconfig_h
#define lconfig_h

#include <limits.h>
#include <stddef.h>
#include <stdio.h>

/* ---- The system -------------------------------------------------------------------------------------------------- */

#if defined(__STRICT_ANSI__)
#define LUA_ANSI
#endif

#if defined(_WIN32) && !defined(LUA_ANSI)
#define LUA_WIN
#endif

#if defined(LUA_USE_LINUX)
#define LUA_USE_POSIX
#define LUA_USE_DLOPEN
#define LUA_USE_READLINE
#endif

#if defined(LUA_USE_MACOSX)
#define LUA_USE_POSIX
#define LUA_DL_DYLD
#endif

#if defined(LUA_USE_POSIX)
#define LUA_USE_MKSTEMP
#define LUA_USE_ISATTY
#define LUA_USE_POPEN
#define LUA_USE_ULONGJMP
#endif

#if INT_MAX > 2147483640L
#define LUAI_BITSINT 32
#else
#define LUAI_BITSINT 16
#endif

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

#define LUA_NUMBER_DOUBLE
#define LUA_NUMBER double
#define LUAI_UACNUMBER double
#define LUA_NUMBER_SCAN "%lf"
#define LUA_NUMBER_FMT "%.14g"
#define LUAI_MAXNUMBER2STR 32
#define lua_number2str(s, n) sprintf((s), LUA_NUMBER_FMT, (n))
#define lua_str2number(s, p) strtod((s), (p))

/* The C type that lua_tointeger gives. */
#define LUA_INTEGER ptrdiff_t
#define lua_number2int(i, d) ((i) = (int)(d))
#define lua_number2integer(i, d) ((i) = (lua_Integer)(d))

/* ---- Environment variables and paths ----------------------------------------------------------------------------- */

#define LUA_PATH "LUA_PATH"
#define LUA_CPATH "LUA_CPATH"
#define LUA_INIT "LUA_INIT"

#define LUA_PATHSEP ";"
#define LUA_PATH_MARK "?"
#define LUA_EXECDIR "!"
#define LUA_IGMARK "-"

/* The paths of a build with default settings; the library may have been configured with more (package.path tells). */
#if defined(_WIN32)
#define LUA_LDIR "!\\lua\\"
#define LUA_CDIR "!\\"
#define LUA_PATH_DEFAULT ".\\?.lua;" LUA_LDIR "?.lua;" LUA_LDIR "?\\init.lua;" LUA_CDIR "?.lua;" LUA_CDIR "?\\init.lua"
#define LUA_CPATH_DEFAULT ".\\?.dll;" LUA_CDIR "?.dll;" LUA_CDIR "loadall.dll"
#define LUA_DIRSEP "\\"
#else
#define LUA_ROOT "/usr/local/"
#define LUA_LDIR LUA_ROOT "share/lua/5.1/"
#define LUA_CDIR LUA_ROOT "lib/lua/5.1/"
#define LUA_PATH_DEFAULT "./?.lua;" LUA_LDIR "?.lua;" LUA_LDIR "?/init.lua;" LUA_CDIR "?.lua;" LUA_CDIR "?/init.lua"
#define LUA_CPATH_DEFAULT "./?.so;" LUA_CDIR "?.so;" LUA_CDIR "loadall.so"
#define LUA_DIRSEP "/"
#endif

/* ---- Linkage ----------------------------------------------------------------------------------------------------- */

#if defined(LUA_BUILD_AS_DLL)
#if defined(LUA_CORE) || defined(LUA_LIB)
#define LUA_API __declspec(dllexport)
#else
#define LUA_API __declspec(dllimport)
#endif
#else
#define LUA_API extern
#endif

#define LUALIB_API LUA_API

/* For C code that is compiled into one library of several files. */
#if defined(__GNUC__) && defined(__ELF__)
#define LUAI_FUNC __attribute__((visibility("hidden"))) extern
#else
#define LUAI_FUNC extern
#endif
#define LUAI_DATA LUAI_FUNC

/* ---- Compatibility with 5.0: what the library has ---------------------------------------------------------------- */

#define LUA_COMPAT_VARARG
#define LUA_COMPAT_MOD
#define LUA_COMPAT_LSTR 1
#define LUA_COMPAT_GFIND
#define LUA_COMPAT_OPENLIB

/* How messages quote names. */
#define LUA_QL(x) "'" x "'"
#define LUA_QS LUA_QL("%s")

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

#if defined(LUA_USE_APICHECK)
#include <assert.h>
#define luai_apicheck(L, o) \
  { \
    (void)L; \
    assert(o); \
  }
#else
#define luai_apicheck(L, o) \
  { (void)L; }
#endif

/* ---- Limits ------------------------------------------------------------------------------------------------------ */

/* Bits that fit in an integer type of at least 32, and types for amounts of memory. */
#define LUAI_UINT32 unsigned int
#define LUAI_INT32 int
#define LUAI_MAXINT32 INT_MAX
#define LUAI_UMEM size_t
#define LUAI_MEM ptrdiff_t

/* Slots a C function may ask for. */
#define LUAI_MAXCSTACK 8000
/* Nested C calls. */
#define LUAI_MAXCCALLS 200
/* Local variables and upvalues of a function. */
#define LUAI_MAXVARS 200
#define LUAI_MAXUPVALUES 60

/* Size of lua_Debug.short_src. */
#define LUA_IDSIZE 60

/* Bytes a luaL_Buffer holds before they become a string on the stack. */
#define LUAL_BUFFERSIZE BUFSIZ

/* ---- The stand-alone interpreter --------------------------------------------------------------------------------- */

#define LUA_PROMPT "> "
#define LUA_PROMPT2 ">> "
#define LUA_PROGNAME "lua"
#define LUA_MAXINPUT 512

/* ---- Formats of the string library ------------------------------------------------------------------------------- */

/* Captures of a pattern. */
#define LUA_MAXCAPTURES 32

#if !defined(LUA_USE_LONGLONG)
#define LUA_INTFRMLEN "l"
#define LUA_INTFRM_T long
#endif

/* Bytes before each lua_State that belong to the host: none. */
#define LUAI_EXTRASPACE 0

#endif
