/*
 * A host linked with the library of one version loads plugins, each linked with the library of another: two libraries
 * in one process, each with states, errors, coroutines, collections and allocations of its own, called in turns.
 *
 * Usage: host PLUGIN ... Prints what its own state and the plugins' say; exit code 0 if nothing failed.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

typedef const char *(*Work)(int round, const char *text);

/* What both sides run: something of every part of a library, and an error that crosses C. */
static const char script[] =
    "local round, text = ... "
    "local t = setmetatable({}, {__index = function(_, k) return k .. '!' end}) "
    "local co = coroutine.wrap(function(...) local a = coroutine.yield(...) error(a, 0) end) "
    "co(round) "
    "local ok, message = pcall(co, text) "
    "for i = 1, 2000 do t[i] = {i, tostring(i), function() return i end} end "
    "collectgarbage() "
    "return table.concat({_VERSION, t.x, tostring(ok), message, string.format('%d', #t), tostring(2^53 == 2^53 + 1), "
    "(text:gsub('%w+', string.upper))}, ' ')";

static const char *own_work(lua_State *L, int round, const char *text) {
    if (luaL_loadstring(L, script) != 0) return lua_tostring(L, -1);
    lua_pushinteger(L, round);
    lua_pushstring(L, text);
    if (lua_pcall(L, 2, 1, 0) != 0) exit(2);
    return lua_tostring(L, -1);
}

/* A plugin's work as a function of this state: its library runs below a call from ours. */
static int call_plugin(lua_State *L) {
    Work work = (Work)lua_touserdata(L, lua_upvalueindex(1));
    lua_pushstring(L, work((int)luaL_checkinteger(L, 1), luaL_checkstring(L, 2)));
    return luaL_error(L, "through the host: %s", lua_tostring(L, -1));
}

int main(int argc, char **argv) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    for (int round = 1; round <= 3; round++) {
        printf("host: %s\n", own_work(L, round, "some text"));
        for (int i = 1; i < argc; i++) {
            void *plugin = dlopen(argv[i], RTLD_NOW | RTLD_LOCAL);
            void *work = plugin == NULL ? NULL : dlsym(plugin, "plugin_work");
            if (work == NULL) {
                fprintf(stderr, "%s\n", dlerror());
                return 1;
            }
            lua_pushlightuserdata(L, work);
            lua_pushcclosure(L, call_plugin, 1);
            lua_pushinteger(L, round);
            lua_pushstring(L, "from the host");
            printf("status %d: ", lua_pcall(L, 2, 1, 0));
            puts(lua_tostring(L, -1));
        }
        lua_settop(L, 0);
    }
    lua_close(L);
    return 0;
}
