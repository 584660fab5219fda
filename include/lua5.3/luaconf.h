/*
 * luaconf.h: how this Lua was configured.
 *
 * The library is built with 64-bit integers and C doubles. Of the switches that exist in the original header only those
 * are honoured that do not change the library's ABI.
 */
#ifndef luaconf_h
#define luaconf_h

#include <limits.h>
#include <stddef.h>

/* ---- The system -------------------------------------------------------------------------------------------------- */

#if defined(_WIN32) && !defined(_WIN32_WCE) && !defined(LUA_USE_C89)
#define LUA_USE_WINDOWS
#endif

#if defined(LUA_USE_WINDOWS)
#define LUA_DL_DLL
#define LUA_USE_C89
#endif

#if defined(LUA_USE_LINUX) || defined(LUA_USE_MACOSX) || defined(LUA_USE_IOS)
#define LUA_USE_POSIX
#define LUA_USE_DLOPEN
#endif

#if ((INT_MAX >> 15) >> 15) >= 1
#define LUAI_BITSINT 32
#else
#define LUAI_BITSINT 16
#endif

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

/* Names of the C types a Lua number can be made of; the library uses the last of the first three, and the double. */
#define LUA_INT_INT 1
#define LUA_INT_LONG 2
#define LUA_INT_LONGLONG 3

#define LUA_FLOAT_FLOAT 1
#define LUA_FLOAT_DOUBLE 2
#define LUA_FLOAT_LONGDOUBLE 3

#if defined(LUA_32BITS)
#error "this library has 64-bit numbers: compile without LUA_32BITS"
#endif

#define LUA_INT_TYPE LUA_INT_LONGLONG
#define LUA_FLOAT_TYPE LUA_FLOAT_DOUBLE

/* Floats. */
#define LUA_NUMBER double
#define LUAI_UACNUMBER double
#define LUA_NUMBER_FRMLEN ""
#define LUA_NUMBER_FMT "%.14g"
#define l_mathlim(n) (DBL_##n)
#define l_mathop(op) op
#define l_floor(x) (l_mathop(floor)(x))
#define lua_str2number(s, p) strtod((s), (p))
#define lua_strx2number(s, p) lua_str2number(s, p)
#define lua_number2str(s, sz, n) l_sprintf((s), sz, LUA_NUMBER_FMT, (LUAI_UACNUMBER)(n))
#define lua_number2strx(L, b, sz, f, n) ((void)L, l_sprintf(b, sz, f, (LUAI_UACNUMBER)(n)))

/* Integers. */
#define LUA_INTEGER long long
#define LUA_INTEGER_FRMLEN "ll"
#define LUA_INTEGER_FMT "%" LUA_INTEGER_FRMLEN "d"
#define LUAI_UACINT LUA_INTEGER
#define LUA_UNSIGNED unsigned LUAI_UACINT
#define LUA_MAXINTEGER LLONG_MAX
#define LUA_MININTEGER LLONG_MIN
#define lua_integer2str(s, sz, n) l_sprintf((s), sz, LUA_INTEGER_FMT, (LUAI_UACINT)(n))

/* Stores in *p the integer equal to the float n and is true, if n has an integral value in range. Both bounds are powers
   of two, so they are exact as floats. */
#define lua_numbertointeger(n, p) \
  ((n) >= (LUA_NUMBER)(LUA_MININTEGER) && (n) < -(LUA_NUMBER)(LUA_MININTEGER) && \
   (*(p) = (LUA_INTEGER)(n), 1))

#if defined(LUA_USE_C89)
#define l_sprintf(s, sz, f, i) ((void)(sz), sprintf(s, f, i))
#else
#define l_sprintf(s, sz, f, i) snprintf(s, sz, f, i)
#endif

#define lua_pointer2str(buff, sz, p) l_sprintf(buff, sz, "%p", p)

#if !defined(lua_getlocaledecpoint)
#define lua_getlocaledecpoint() (localeconv()->decimal_point[0])
#endif

/* Contexts of continuation functions. */
#define LUA_KCONTEXT ptrdiff_t
#if !defined(LUA_USE_C89) && defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L
#include <stdint.h>
#if defined(INTPTR_MAX)
#undef LUA_KCONTEXT
#define LUA_KCONTEXT intptr_t
#endif
#endif

/* ---- Where modules are looked for -------------------------------------------------------------------------------- */

#define LUA_PATH_SEP ";"
#define LUA_PATH_MARK "?"
#define LUA_EXEC_DIR "!"

#define LUA_VDIR LUA_VERSION_MAJOR "." LUA_VERSION_MINOR

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
#define LUA_LDIR LUA_ROOT "share/lua/" LUA_VDIR "/"
#define LUA_CDIR LUA_ROOT "lib/lua/" LUA_VDIR "/"
#if !defined(LUA_PATH_DEFAULT)
#define LUA_PATH_DEFAULT \
  LUA_LDIR "?.lua;" LUA_LDIR "?/init.lua;" LUA_CDIR "?.lua;" LUA_CDIR "?/init.lua;" "./?.lua;" "./?/init.lua"
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
#define LUAI_DDEC(dec) LUAI_FUNC dec
#define LUAI_DDEF

/* ---- Compatibility with earlier versions ------------------------------------------------------------------------- */

#if defined(LUA_COMPAT_5_2)
#define LUA_COMPAT_MATHLIB
#define LUA_COMPAT_BITLIB
#define LUA_COMPAT_IPAIRS
#define LUA_COMPAT_APIINTCASTS
#endif

/* What the library itself was built without is left out: luaL_openlib and luaL_pushmodule are not there. */
#if defined(LUA_COMPAT_5_1)
#define LUA_COMPAT_MATHLIB
#define LUA_COMPAT_APIINTCASTS

#define lua_cpcall(L, f, u) \
  (lua_pushcfunction(L, (f)), lua_pushlightuserdata(L, (u)), lua_pcall(L, 1, 0, 0))

#define lua_strlen(L, i) lua_rawlen(L, (i))
#define lua_objlen(L, i) lua_rawlen(L, (i))
#define lua_equal(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPEQ)
#define lua_lessthan(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPLT)
#endif

/* How messages quote names; kept for programs that use it. */
#define LUA_QL(x) "'" x "'"
#define LUA_QS LUA_QL("%s")

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

#if defined(LUA_USE_APICHECK)
#include <assert.h>
#define luai_apicheck(l, e) assert(e)
#endif

/* ---- Limits that are part of the ABI ----------------------------------------------------------------------------- */

/* Slots a stack may have; pseudo-indices lie beyond it. */
#define LUAI_MAXSTACK 1000000

/* Bytes before each lua_State that belong to the host (lua_getextraspace). */
#define LUA_EXTRASPACE (sizeof(void *))

/* Size of lua_Debug.short_src. */
#define LUA_IDSIZE 60

/* Bytes a luaL_Buffer holds before it moves to memory of its own. */
#define LUAL_BUFFERSIZE ((int)(0x80 * sizeof(void *) * sizeof(lua_Integer)))

#endif
