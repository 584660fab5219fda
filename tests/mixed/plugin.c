/* The plugin of host.c: keeps a state of its own library from call to call. */

#include <stdio.h>
#include <stdlib.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

static int fail(lua_State *L) {
    return luaL_error(L, "error of the plugin in round %d", (int)luaL_checknumber(L, 1));
}

const char *plugin_work(int round, const char *text) {
    static lua_State *L;
    static char answer[200];
    if (L == NULL) {
        L = luaL_newstate();
        luaL_openlibs(L);
        lua_pushcfunction(L, fail);
        lua_setglobal(L, "fail");
    }
    if (luaL_loadstring(L, "local round, text = ... "
                           "local ok, message = pcall(fail, round) "
                           "calls = (calls or 0) + 1 "
                           "local keep = {} for i = 1, 1000 do keep[i] = text .. i end collectgarbage() "
                           "return _VERSION .. ' ' .. message .. ' ' .. calls .. ' ' .. keep[1000] .. ' ' .. tostring(1e15)") != 0)
        return "does not compile";
    lua_pushnumber(L, round);
    lua_pushstring(L, text);
    if (lua_pcall(L, 2, 1, 0) != 0) return "fails";
    snprintf(answer, sizeof answer, "%s", lua_tostring(L, -1));
    lua_settop(L, 0);
    return answer;
}
