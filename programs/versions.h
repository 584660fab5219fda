/*
 * What the versions of Lua call by different names, so that the programs read the same for all of them.
 * Differences in what a program does are not hidden here: they are constants or #ifs where the program does it.
 */

#ifndef VERSIONS_H
#define VERSIONS_H

#include <lua.h>

/* Is this program compiled for the given version or a later one? */
#define SINCE(number) (LUA_VERSION_NUM >= (number))

#if !SINCE(502)
#define LUA_OK 0
#define lua_rawlen lua_objlen
#endif

#endif
