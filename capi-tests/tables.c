/* Tables, globals, metatables, userdata, the registry and what lauxlib adds. */

#include "common.h"

static int add(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + luaL_checkinteger(L, 2) + lua_tointeger(L, lua_upvalueindex(1)));
    return 1;
}

static void access(lua_State *L) {
    check("get and set");
    lua_createtable(L, 3, 3);
    lua_pushstring(L, "v"), lua_setfield(L, 1, "k");
#if LUA_VERSION_NUM >= 503
    lua_pushinteger(L, 11), lua_seti(L, 1, 1);
    printf("%d ", lua_geti(L, 1, 1)), show(L, -1), putchar('\n');
#endif
    lua_pushnumber(L, 1.5), lua_pushboolean(L, 1), lua_settable(L, 1);
    printf("%d ", lua_getfield(L, 1, "k")), show(L, -1);
    lua_pushnumber(L, 1.5), printf(" %d ", lua_gettable(L, 1)), show(L, -1);
    printf(" %d ", lua_getfield(L, 1, "none")), show(L, -1);
    putchar('\n');
    lua_settop(L, 1);
    check("raw get and set");
    lua_pushstring(L, "rk"), lua_pushstring(L, "rv"), lua_rawset(L, 1);
    lua_pushinteger(L, 5), lua_rawseti(L, 1, 99);
    lua_pushstring(L, "rk"), printf("%d ", lua_rawget(L, 1)), show(L, -1);
    printf(" %d ", lua_rawgeti(L, 1, 99)), show(L, -1);
    printf(" %d\n", lua_rawgeti(L, 1, 1000));
#if LUA_VERSION_NUM >= 502
    static int key;
    lua_pushstring(L, "by pointer"), lua_rawsetp(L, 1, &key);
    printf("%d ", lua_rawgetp(L, 1, &key)), show(L, -1), printf(" %d\n", lua_rawgetp(L, 1, NULL));
#endif
    lua_settop(L, 0);
    check("globals");
    lua_pushinteger(L, 3), lua_setglobal(L, "three");
    printf("%d %d\n", lua_getglobal(L, "three"), lua_getglobal(L, "nothing"));
    run(L, "assert(three == 3)");
    lua_pushglobaltable(L), lua_getfield(L, -1, "three"), stack(L, "table");
    lua_settop(L, 0);
#if LUA_VERSION_NUM >= 502
    printf("%d %d\n", lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS), lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD));
    lua_settop(L, 0);
#endif
    check("register and setfuncs");
    lua_register(L, "add", add);
    run(L, "print(add(1, 2))");
#if LUA_VERSION_NUM >= 504
    static const luaL_Reg functions[] = {{"plus", add}, {"place", NULL}, {NULL, NULL}};
#else
    static const luaL_Reg functions[] = {{"plus", add}, {NULL, NULL}};
#endif
#if LUA_VERSION_NUM >= 502
    luaL_newlibtable(L, functions), lua_pushinteger(L, 1000), luaL_setfuncs(L, functions, 1), lua_setglobal(L, "lib");
    run(L, "print(lib.plus(1, 2), lib.place)");
    luaL_newlib(L, functions), lua_getfield(L, -1, "plus"), printf("%d\n", lua_iscfunction(L, -1));
#else
    luaL_register(L, "lib", functions), lua_getfield(L, -1, "plus"), printf("%d\n", lua_iscfunction(L, -1));
    run(L, "print(lib.plus(1, 2), package.loaded.lib == lib)");
#endif
    lua_settop(L, 0);
}

static void traverse(lua_State *L) {
    check("next");
    run(L, "return {10, 20, 30, k = 'v'}");
    int n = 0;
    lua_Integer sum = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1), n++)
        if (lua_type(L, -1) == LUA_TNUMBER) sum += lua_tointeger(L, -1);
    printf("%d %lld top %d\n", n, (long long)sum, lua_gettop(L));
    printf("rawlen %d\n", (int)lua_rawlen(L, 1));
#if LUA_VERSION_NUM >= 502
    printf("len %d\n", (int)luaL_len(L, 1));
#endif
    lua_settop(L, 0);
}

static void metatables(lua_State *L) {
    check("metatables");
    lua_newtable(L);
    printf("%d\n", lua_getmetatable(L, 1));
    lua_newtable(L), lua_pushstring(L, "proxied"), lua_setfield(L, -2, "field");
    lua_newtable(L), lua_pushvalue(L, 2), lua_setfield(L, -2, "__index");
    lua_pushstring(L, "My name"), lua_setfield(L, -2, "__name");
    printf("%d\n", lua_setmetatable(L, 1));
    printf("%d ", lua_getfield(L, 1, "field")), show(L, -1);
    printf(" %d ", luaL_getmetafield(L, 1, "__name")), show(L, -1);
    printf(" %d %d\n", luaL_getmetafield(L, 1, "__none"), luaL_getmetafield(L, 2, "x"));
    printf("%d\n", luaL_callmeta(L, 1, "__tostring"));
    lua_settop(L, 1);
    lua_pushnil(L), lua_setmetatable(L, 1), printf("%d\n", lua_getmetatable(L, 1));
    lua_settop(L, 0);
    run(L, "return setmetatable({}, {__tostring = function() return 'shown' end, __index = function(t, k) return k .. '!' end, __newindex = function(t, k, v) rawset(t, k, v .. '?') end})");
    printf("%d ", luaL_callmeta(L, 1, "__tostring")), show(L, -1);
    lua_getfield(L, 1, "dyn"), show(L, -1);
#if LUA_VERSION_NUM >= 503
    lua_geti(L, 1, 7), show(L, -1);
    lua_pushstring(L, "val"), lua_seti(L, 1, 3), lua_rawgeti(L, 1, 3), show(L, -1);
#endif
    lua_pushstring(L, "val"), lua_setfield(L, 1, "f"), lua_pushstring(L, "f"), lua_rawget(L, 1), show(L, -1);
    putchar('\n');
    lua_settop(L, 0);
    check("metatables of types");
    lua_pushinteger(L, 5), run(L, "return {__index = function(n, k) return n end}"), lua_setmetatable(L, 1);
    lua_getfield(L, 1, "anything"), stack(L, "number"), lua_settop(L, 1), lua_pushnil(L), lua_setmetatable(L, 1), lua_settop(L, 0);
    check("tolstring");
    const char *values[] = {"nil", "true", "12", "1.5", "'s'", "setmetatable({}, {__tostring = function() return 'T' end})"};
    for (int i = 0; i < 6; i++) {
        lua_pushfstring(L, "return %s", values[i]);
        run(L, lua_tostring(L, -1));
        size_t n;
        const char *s = luaL_tolstring(L, -1, &n);
        printf("%s/%d ", s, (int)n);
    }
    putchar('\n');
    lua_settop(L, 0);
    run(L, "return setmetatable({}, {__name = 'Kind'})");
    printf("%.6s\n", luaL_tolstring(L, 1, NULL));
    lua_settop(L, 0);
}

static void userdata(lua_State *L) {
    check("userdata types");
    printf("%d %d\n", luaL_newmetatable(L, "Point"), luaL_newmetatable(L, "Point"));
    lua_getfield(L, -1, "__name"), show(L, -1), putchar('\n');
    lua_settop(L, 0);
    int *p = lua_newuserdatauv(L, sizeof *p, 0);
    *p = 5;
    luaL_setmetatable(L, "Point");
    printf("%d\n", luaL_checkudata(L, 1, "Point") == p);
#if LUA_VERSION_NUM >= 502
    printf("%d %d\n", luaL_testudata(L, 1, "Point") == p, luaL_testudata(L, 1, "Other") == NULL);
#endif
    printf("%d\n", luaL_getmetatable(L, "Point")), lua_pop(L, 1);
    printf("%d\n", luaL_getmetatable(L, "None")), lua_pop(L, 1);
    printf("len %d aligned %d\n", (int)lua_rawlen(L, 1), (int)((size_t)p % 8));
    lua_pushlightuserdata(L, p), printf("%d\n", lua_rawequal(L, 1, 2));
    lua_settop(L, 0);
#if LUA_VERSION_NUM >= 504
    check("user values");
    lua_newuserdatauv(L, 0, 3);
    for (int n = 0; n <= 4; n++) {
        lua_pushinteger(L, n * 7);
        printf("set %d: %d ", n, lua_setiuservalue(L, 1, n));
        printf("get: %d ", lua_getiuservalue(L, 1, n)), show(L, -1), putchar('\n');
        lua_settop(L, 1);
    }
    lua_newuserdata(L, 16), lua_pushstring(L, "compat"), printf("%d\n", lua_setuservalue(L, -2)), printf("%d ", lua_getuservalue(L, -1)), show(L, -1), putchar('\n');
    lua_settop(L, 0);
#elif LUA_VERSION_NUM >= 502
    check("user values");
    lua_newuserdata(L, 16), lua_getuservalue(L, -1), show(L, -1), lua_pop(L, 1);
    lua_newtable(L), lua_setuservalue(L, -2), lua_getuservalue(L, -1), show(L, -1), lua_pop(L, 1);
    lua_pushnil(L), lua_setuservalue(L, -2), lua_getuservalue(L, -1), show(L, -1), putchar('\n');
    lua_settop(L, 0);
#endif
    check("alignment");
    for (int i = 0; i < 64; i++)
        if ((size_t)lua_newuserdatauv(L, i, i % 4) % 8) printf("misaligned %d\n", i);
    lua_settop(L, 0);
}

static void references(lua_State *L) {
    check("references");
    lua_newtable(L);
    int r[5];
    for (int i = 0; i < 5; i++) lua_pushinteger(L, i * i), r[i] = luaL_ref(L, 1);
    for (int i = 0; i < 5; i++) lua_rawgeti(L, 1, r[i]);
    stack(L, "values");
    lua_settop(L, 1);
    luaL_unref(L, 1, r[1]), luaL_unref(L, 1, r[3]);
    lua_pushstring(L, "new"), printf("%d ", luaL_ref(L, 1) == r[3]);
    lua_pushstring(L, "new2"), printf("%d ", luaL_ref(L, 1) == r[1]);
    lua_pushnil(L), printf("%d\n", luaL_ref(L, 1) == LUA_REFNIL);
    luaL_unref(L, 1, LUA_NOREF), luaL_unref(L, 1, LUA_REFNIL);
    lua_pushstring(L, "in registry");
    int ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_rawgeti(L, LUA_REGISTRYINDEX, ref), show(L, -1), putchar('\n');
    luaL_unref(L, LUA_REGISTRYINDEX, ref);
    lua_settop(L, 0);
    check("subtables and required modules");
#if LUA_VERSION_NUM >= 502
    lua_newtable(L);
    printf("%d ", luaL_getsubtable(L, 1, "sub")), lua_pop(L, 1);
    printf("%d\n", luaL_getsubtable(L, 1, "sub"));
    lua_settop(L, 0);
    luaL_requiref(L, "again", luaopen_string, 1), printf("%s ", luaL_typename(L, -1));
    run(L, "print(again.rep == string.rep, require 'again' == again)");
    luaL_requiref(L, "quiet", luaopen_math, 0), run(L, "print(quiet, package.loaded.quiet.pi > 3)");
    lua_settop(L, 0);
#endif
    check("gsub");
    printf("%s\n", luaL_gsub(L, "a.b.c", ".", "::"));
    printf("%s\n", luaL_gsub(L, "none", "x", "y"));
    printf("%s\n", luaL_gsub(L, "aaa", "a", ""));
    lua_settop(L, 0);
}

static void openers(lua_State *unused) {
    (void)unused;
    check("openers one by one");
    lua_State *L = luaL_newstate();
    struct { const char *name; lua_CFunction open; } all[] = {
        {"_G", luaopen_base}, {LUA_LOADLIBNAME, luaopen_package}, {LUA_TABLIBNAME, luaopen_table}, {LUA_IOLIBNAME, luaopen_io},
        {LUA_OSLIBNAME, luaopen_os}, {LUA_STRLIBNAME, luaopen_string}, {LUA_MATHLIBNAME, luaopen_math}, {LUA_DBLIBNAME, luaopen_debug},
#if LUA_VERSION_NUM >= 502
        {LUA_COLIBNAME, luaopen_coroutine},
#endif
#if LUA_VERSION_NUM == 502 || LUA_VERSION_NUM == 503
        {LUA_BITLIBNAME, luaopen_bit32},
#endif
#if LUA_VERSION_NUM >= 503
        {LUA_UTF8LIBNAME, luaopen_utf8},
#endif
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        luaL_requiref(L, all[i].name, all[i].open, 1);
        int n = 0;
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) n++;
        printf("%s %s %d top %d\n", all[i].name, luaL_typename(L, -1), i == 0 ? 0 : n, lua_gettop(L));
        lua_settop(L, 0);
    }
    run(L, "print(#('x'):rep(3), math.max(1, 2), table.concat{1, 2}, type(io.stdout), _VERSION)");
    lua_close(L);
}

int main(void) {
    lua_State *L = new_state();
    access(L), traverse(L), metatables(L), userdata(L), references(L), openers(L);
    lua_close(L);
    return 0;
}
