/* Times calls of the C API: one line each, a name and the nanoseconds (user time) per operation. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"
#include "versions.h"

#if LUA_VERSION_NUM == 501
#define LUA_OK 0
#define luaL_setmetatable(L, name) (luaL_getmetatable(L, name), lua_setmetatable(L, -2))
#endif

static double now(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec * 1e9 + usage.ru_utime.tv_usec * 1e3;
}

#define MEASURE(name, count, body)                                                                                     \
    do {                                                                                                               \
        double begin = now();                                                                                          \
        for (int i = 0; i < (count); i++) { body; }                                                                    \
        printf("%s %.2f\n", name, (now() - begin) / (count));                                                          \
    } while (0)

static int add(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2));
    return 1;
}

static int fail(lua_State *L) { return luaL_error(L, "failed"); }

typedef struct Point { double x; } Point;

static int point_move(lua_State *L) {
    Point *p = luaL_checkudata(L, 1, "Point");
    p->x += luaL_checknumber(L, 2);
    lua_settop(L, 1);
    return 1;
}

static void must(lua_State *L, int status) {
    if (status != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(1);
    }
}

static void run_script(lua_State *L, const char *name, const char *script, int count) {
    must(L, luaL_loadstring(L, script));
    double begin = now();
    lua_pushinteger(L, count);
    must(L, lua_pcall(L, 1, 0, 0));
    printf("%s %.2f\n", name, (now() - begin) / count);
}

int main(void) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);

    MEASURE("push_to_pop", 30000000, lua_pushinteger(L, i); lua_tointeger(L, -1); lua_pop(L, 1));
    MEASURE("push_string", 5000000, lua_pushstring(L, "a string constant"); lua_tostring(L, -1); lua_pop(L, 1));

    lua_newtable(L);
    lua_pushinteger(L, 1);
    lua_setfield(L, -2, "field");
    MEASURE("getfield", 15000000, lua_getfield(L, -1, "field"); lua_pop(L, 1));
    MEASURE("setfield", 15000000, lua_pushinteger(L, i); lua_setfield(L, -2, "field"));
    MEASURE("rawseti_rawgeti", 15000000, lua_pushinteger(L, i); lua_rawseti(L, -2, 1 + (i & 15)); lua_rawgeti(L, -1, 1);
            lua_pop(L, 1));
    lua_pop(L, 1);

    must(L, luaL_dostring(L, "return function(a, b) return a + b end"));
    MEASURE("call_lua_from_c", 10000000, lua_pushvalue(L, -1); lua_pushinteger(L, i); lua_pushinteger(L, 1);
            lua_call(L, 2, 1); lua_pop(L, 1));
    MEASURE("pcall_lua_from_c", 8000000, lua_pushvalue(L, -1); lua_pushinteger(L, i); lua_pushinteger(L, 1);
            lua_pcall(L, 2, 1, 0); lua_pop(L, 1));
    lua_pop(L, 1);

    lua_register(L, "add", add);
    run_script(L, "c_function_from_lua", "local add, s = add, 0 for i = 1, ... do s = add(s, i) end", 15000000);

    luaL_newmetatable(L, "Point");
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, point_move);
    lua_setfield(L, -2, "move");
    lua_pop(L, 1);
    ((Point *)lua_newuserdata(L, sizeof(Point)))->x = 0;
    luaL_getmetatable(L, "Point");
    lua_setmetatable(L, -2);
    lua_setglobal(L, "point");
    run_script(L, "userdata_method", "local p = point for i = 1, ... do p:move(0.5) end", 8000000);

    MEASURE("pcall_with_error", 2000000, lua_pushcfunction(L, fail); lua_pcall(L, 0, 0, 0); lua_pop(L, 1));
    MEASURE("new_userdata", 3000000, lua_newuserdata(L, 24); lua_pop(L, 1));
    MEASURE("new_table", 3000000, lua_createtable(L, 2, 2); lua_pop(L, 1));
    MEASURE("loadstring", 100000,
            luaL_loadstring(L, "local a, b = ... if a > b then return a * 2 else return { a, b, name = 'x' } end");
            lua_pop(L, 1));
    lua_close(L);
    MEASURE("newstate_openlibs_close", 3000, L = luaL_newstate(); luaL_openlibs(L); lua_close(L));
    return 0;
}
