/*
 * luaconf.h: how this Lua was configured.
 *
 * The library is built with C doubles. Of the switches that exist in the original header only those are honoured that do
 * not change the library's ABI.
 */
#ifndef luaconf_h
#define luaconf_h

#include <limits.h>
#include <stddef.h>
#include <stdio.h>

/* ---- The system -------------------------------------------------------------------------------------------------- */

#if defined(_WIN32) && !defined(_WIN32_WCE) && !defined(LUA_USE_C89)
#define LUA_USE_WINDOWS
#endif

#if defined(LUA_USE_WINDOWS)
#define LUA_DL_DLL
#define LUA_USE_C89
#endif

#if defined(LUA_USE_LINUX) || defined(LUA_USE_MACOSX)
#define LUA_USE_POSIX
#define LUA_USE_DLOPEN
#define LUA_USE_STRTODHEX
#define LUA_USE_AFORMAT
#define LUA_USE_LONGLONG
#endif

#if defined(LUA_USE_POSIX)
#define LUA_USE_MKSTEMP
#define LUA_USE_ISATTY
#define LUA_USE_POPEN
#define LUA_USE_ULONGJMP
#define LUA_USE_GMTIME_R
#endif

#if ((INT_MAX >> 15) >> 15) >= 1
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
#define l_mathop(x) (x)
#define lua_number2str(s, n) sprintf((s), LUA_NUMBER_FMT, (n))
#define lua_str2number(s, p) strtod((s), (p))
#define lua_strx2number(s, p) strtod((s), (p))

/* C code's view of numbers: truncated to the one, modulo 2^32 to the other. */
#if LUAI_BITSINT >= 32
#define LUA_INT32 int
#else
#define LUA_INT32 long
#endif
#define LUA_INTEGER ptrdiff_t
#define LUA_UNSIGNED unsigned LUA_INT32

/* Types for sizes in memory. */
#define LUAI_UMEM size_t
#define LUAI_MEM ptrdiff_t

/* ---- Where modules are looked for -------------------------------------------------------------------------------- */

#define LUA_VDIR LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "/"

/* The paths of a build with default settings; the library may have been configured with more (package.path tells). */
#if defined(_WIN32)
#define LUA_LDIR "!\\lua\\"
#define LUA_CDIR "!\\"
#define LUA_SHRDIR "!\\..\\share\\lua\\" LUA_VDIR "\\"
#if !defined(LUA_PATH_DEFAULT)
#define LUA_PATH_DEFAULT \
  LUA_LDIR "?.lua;" LUA_LDIR "?\\init.lua;" LUA_CDIR "?.lua;" LUA_CDIR "?\\init.lua;" \
  LUA_SHRDIR "?.lua;" LUA_SHRDIR "?\\init.lua;" ".\\?.lua;" ".\\?\\init.lua"
#endif
#if !defined(LUA_CPATH_DEFAULT)
#define LUA_CPATH_DEFAULT \
  LUA_CDIR "?.dll;" LUA_CDIR "..\\lib\\lua\\" LUA_VDIR "\\?.dll;" LUA_CDIR "loadall.dll;" ".\\?.dll"
#endif
#if !defined(LUA_DIRSEP)
#define LUA_DIRSEP "\\"
#endif
#else
#define LUA_ROOT "/usr/local/"
#define LUA_LDIR LUA_ROOT "share/lua/" LUA_VDIR
#define LUA_CDIR LUA_ROOT "lib/lua/" LUA_VDIR
#if !defined(LUA_PATH_DEFAULT)
#define LUA_PATH_DEFAULT \
  LUA_LDIR "?.lua;" LUA_LDIR "?/init.lua;" LUA_CDIR "?.lua;" LUA_CDIR "?/init.lua;" "./?.lua"
#endif
#if !defined(LUA_CPATH_DEFAULT)
#define LUA_CPATH_DEFAULT LUA_CDIR "?.so;" LUA_CDIR "loadall.so;" "./?.so"
#endif
#if !defined(LUA_DIRSEP)
#define LUA_DIRSEP "/"
#endif
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
#define LUAMOD_API LUA_API

/* For C code that is compiled into one library of several files. */
#if defined(__GNUC__) && defined(__ELF__)
#define LUAI_FUNC __attribute__((visibility("internal"))) extern
#else
#define LUAI_FUNC extern
#endif
#define LUAI_DDEC LUAI_FUNC
#define LUAI_DDEF

/* ---- Compatibility with 5.1 -------------------------------------------------------------------------------------- */

#if defined(LUA_COMPAT_ALL)
#define LUA_COMPAT_UNPACK
#define LUA_COMPAT_LOADERS
#define LUA_COMPAT_LOG10
#define LUA_COMPAT_LOADSTRING
#define LUA_COMPAT_MAXN
#define LUA_COMPAT_MODULE

#define lua_cpcall(L, f, u) \
  (lua_pushcfunction(L, (f)), lua_pushlightuserdata(L, (u)), lua_pcall(L, 1, 0, 0))

#define lua_strlen(L, i) lua_rawlen(L, (i))
#define lua_objlen(L, i) lua_rawlen(L, (i))
#define lua_equal(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPEQ)
#define lua_lessthan(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPLT)
#endif

/* ---- Messages ---------------------------------------------------------------------------------------------------- */

/* How they quote names. */
#define LUA_QL(x) "'" x "'"
#define LUA_QS LUA_QL("%s")

#define luai_writestring(s, l) fwrite((s), sizeof(char), (l), stdout)
#define luai_writeline() (luai_writestring("\n", 1), fflush(stdout))
#define luai_writestringerror(s, p) (fprintf(stderr, (s), (p)), fflush(stderr))

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

#if defined(LUA_USE_APICHECK)
#include <assert.h>
#define luai_apicheck(L, o) assert(o)
#endif

/* ---- Limits that are part of the ABI ----------------------------------------------------------------------------- */

/* Slots a stack may have; pseudo-indices lie beyond it. */
#define LUAI_MAXSTACK 1000000
#define LUAI_FIRSTPSEUDOIDX (-LUAI_MAXSTACK - 1000)

/* The longest strings that are made only once. */
#define LUAI_MAXSHORTLEN 40

/* Size of lua_Debug.short_src. */
#define LUA_IDSIZE 60

/* Bytes a luaL_Buffer holds before it moves to memory of its own. */
#define LUAL_BUFFERSIZE BUFSIZ

#endif
