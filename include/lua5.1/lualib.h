/*
 * lualib.h: the standard libraries of Lua 5.1 (manual, chapter 5), as exported by liblua5.1.
 */
#ifndef lualib_h
#define lualib_h

#include "lua.h"

/* Name of the metatable of file handles, which are userdata that hold a FILE *: NULL once it is closed. */
#define LUA_FILEHANDLE "FILE*"

#define LUA_COLIBNAME "coroutine"
#define LUA_TABLIBNAME "table"
#define LUA_IOLIBNAME "io"
#define LUA_OSLIBNAME "os"
#define LUA_STRLIBNAME "string"
#define LUA_MATHLIBNAME "math"
#define LUA_DBLIBNAME "debug"
#define LUA_LOADLIBNAME "package"

/* luaopen_base opens the coroutine library, too. */
LUALIB_API int(luaopen_base)(lua_State *L);
LUALIB_API int(luaopen_table)(lua_State *L);
LUALIB_API int(luaopen_io)(lua_State *L);
LUALIB_API int(luaopen_os)(lua_State *L);
LUALIB_API int(luaopen_string)(lua_State *L);
LUALIB_API int(luaopen_math)(lua_State *L);
LUALIB_API int(luaopen_debug)(lua_State *L);
LUALIB_API int(luaopen_package)(lua_State *L);

/* Opens all of them. */
LUALIB_API void(luaL_openlibs)(lua_State *L);

#if !defined(lua_assert)
#define lua_assert(c) ((void)0)
#endif

#endif
