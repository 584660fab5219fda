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

#define LUAI_IS32INT ((UINT_MAX >> 30) >= 3)

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

/* Names of the C types a Lua number can be made of; the library uses the last of the first three, and the double. */
#define LUA_INT_INT 1
#define LUA_INT_LONG 2
#define LUA_INT_LONGLONG 3

#define LUA_FLOAT_FLOAT 1
#define LUA_FLOAT_DOUBLE 2
#define LUA_FLOAT_LONGDOUBLE 3

#define LUA_INT_DEFAULT LUA_INT_LONGLONG
#define LUA_FLOAT_DEFAULT LUA_FLOAT_DOUBLE

#if defined(LUA_32BITS) && LUA_32BITS
#error "this library has 64-bit numbers: compile without LUA_32BITS"
#endif
#undef LUA_32BITS
#define LUA_C89_NUMBERS 0

#define LUA_INT_TYPE LUA_INT_DEFAULT
#define LUA_FLOAT_TYPE LUA_FLOAT_DEFAULT

/* Floats. */
#define LUA_NUMBER double
#define LUAI_UACNUMBER double
#define LUA_NUMBER_FRMLEN ""
/* Formats of floats: with the digits any float has, and with those that tell any two apart. */
#define LUA_NUMBER_FMT "%.15g"
#define LUA_NUMBER_FMT_N "%.17g"
#define l_floatatt(n) (DBL_##n)
#define l_mathop(op) op
#define l_floor(x) (l_mathop(floor)(x))
#define lua_str2number(s, p) strtod((s), (p))
#define lua_strx2number(s, p) lua_str2number(s, p)
#define lua_number2strx(L, b, sz, f, n) ((void)L, l_sprintf(b, sz, f, (LUAI_UACNUMBER)(n)))

/* Integers. */
#define LUA_INTEGER long long
#define LUA_INTEGER_FRMLEN "ll"
#define LUA_INTEGER_FMT "%" LUA_INTEGER_FRMLEN "d"
#define LUAI_UACINT LUA_INTEGER
#define LUA_UNSIGNED unsigned LUAI_UACINT
#define LUA_MAXINTEGER LLONG_MAX
#define LUA_MININTEGER LLONG_MIN
#define LUA_MAXUNSIGNED ULLONG_MAX
#define lua_integer2str(s, sz, n) l_sprintf((s), sz, LUA_INTEGER_FMT, (LUAI_UACINT)(n))

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
#define LUA_IGMARK "-"

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

/* Functions that open a library keep their C names. */
#if defined(__cplusplus)
#define LUAMOD_API extern "C"
#else
#define LUAMOD_API LUA_API
#endif

/* ---- Compatibility ----------------------------------------------------------------------------------------------- */

/* `global` is no reserved word: it begins a declaration only where a name or attribute follows. */
#define LUA_COMPAT_GLOBAL

#define lua_strlen(L, i) lua_rawlen(L, (i))
#define lua_objlen(L, i) lua_rawlen(L, (i))
#define lua_equal(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPEQ)
#define lua_lessthan(L, idx1, idx2) lua_compare(L, (idx1), (idx2), LUA_OPLT)

/* ---- Hints to the compiler, checks ------------------------------------------------------------------------------- */

#if !defined(luai_likely)
#if defined(__GNUC__) && !defined(LUA_NOBUILTIN)
#define luai_likely(x) (__builtin_expect(((x) != 0), 1))
#define luai_unlikely(x) (__builtin_expect(((x) != 0), 0))
#else
#define luai_likely(x) (x)
#define luai_unlikely(x) (x)
#endif
#endif

/* ---- Limits that are part of the ABI ----------------------------------------------------------------------------- */

/* Bytes before each lua_State that belong to the host (lua_getextraspace). */
#define LUA_EXTRASPACE (sizeof(void *))

/* Size of lua_Debug.short_src. */
#define LUA_IDSIZE 60

/* Bytes a luaL_Buffer holds before it moves to memory of its own. */
#define LUAL_BUFFERSIZE ((int)(16 * sizeof(void *) * sizeof(lua_Number)))

/* Fields that give a union the strictest alignment. */
#define LUAI_MAXALIGN \
  lua_Number n; \
  double u; \
  void *s; \
  lua_Integer i; \
  long l

#endif
