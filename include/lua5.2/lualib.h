/*
 * lualib.h: the standard libraries of Lua 5.2 (manual, chapter 6), as exported by liblua5.2.
 */
#ifndef lualib_h
#define lualib_h

#include "lua.h"

#define LUA_COLIBNAME "coroutine"
#define LUA_TABLIBNAME "table"
#define LUA_IOLIBNAME "io"
#define LUA_OSLIBNAME "os"
#define LUA_STRLIBNAME "string"
#define LUA_BITLIBNAME "bit32"
#define LUA_MATHLIBNAME "math"
#define LUA_DBLIBNAME "debug"
#define LUA_LOADLIBNAME "package"

LUAMOD_API int(luaopen_base)(lua_State *L);
LUAMOD_API int(luaopen_coroutine)(lua_State *L);
LUAMOD_API int(luaopen_table)(lua_State *L);
LUAMOD_API int(luaopen_io)(lua_State *L);
LUAMOD_API int(luaopen_os)(lua_State *L);
LUAMOD_API int(luaopen_string)(lua_State *L);
LUAMOD_API int(luaopen_bit32)(lua_State *L);
LUAMOD_API int(luaopen_math)(lua_State *L);
LUAMOD_API int(luaopen_debug)(lua_State *L);
LUAMOD_API int(luaopen_package)(lua_State *L);

/* Opens all of them. */
LUALIB_API void(luaL_openlibs)(lua_State *L);

#if !defined(lua_assert)
#define lua_assert(c) ((void)0)
#endif

#endif
