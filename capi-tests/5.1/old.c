/* What only liblua5.1 exports or does: environments, pseudo-indices, libraries that register themselves, old buffers. */
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

static void check(const char *name) {
    printf("== %s\n", name);
}

static void show(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNONE: printf("none"); break;
    case LUA_TNIL: printf("nil"); break;
    case LUA_TBOOLEAN: printf(lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TNUMBER: printf("%.14g", lua_tonumber(L, index)); break;
    case LUA_TSTRING: printf("\"%s\"", lua_tostring(L, index)); break;
    default: printf("<%s>", lua_typename(L, lua_type(L, index)));
    }
}

static void stack(lua_State *L, const char *word) {
    int i;
    printf("%s:", word);
    for (i = 1; i <= lua_gettop(L); i++) {
        putchar(' ');
        show(L, i);
    }
    putchar('\n');
}

static void outcome(lua_State *L, const char *word, int status) {
    printf("%s = %d ", word, status);
    stack(L, "");
    lua_settop(L, 0);
}

static void run(lua_State *L, const char *code) {
    outcome(L, code, luaL_dostring(L, code));
}

/* Gives its environment's field "mark", after replacing the environment if there is an argument. */
static int environment(lua_State *L) {
    if (lua_istable(L, 1)) {
        lua_pushvalue(L, 1);
        lua_replace(L, LUA_ENVIRONINDEX);
    }
    lua_getfield(L, LUA_ENVIRONINDEX, "mark");
    return 1;
}

static int make_environment(lua_State *L) {
    lua_newtable(L);
    lua_pushstring(L, "inner");
    lua_setfield(L, -2, "mark");
    lua_replace(L, LUA_ENVIRONINDEX);
    lua_pushcfunction(L, environment); /* inherits it */
    lua_newuserdata(L, 8);             /* so does this */
    lua_getfenv(L, -1);
    lua_getfield(L, -1, "mark");
    lua_replace(L, -3);
    lua_pop(L, 1);
    return 2;
}

static void environments(lua_State *L) {
    check("environments of C functions");
    lua_pushstring(L, "global");
    lua_setglobal(L, "mark");
    lua_pushcfunction(L, environment);
    lua_setglobal(L, "environment");
    lua_register(L, "make", make_environment);
    run(L, "return environment(), environment({ mark = 'new' }), environment(), mark");
    run(L, "local f, m = make() return f(), m, environment()");
    run(L, "return debug.getfenv(environment).mark, debug.getfenv(make).mark");

    check("lua_getfenv and lua_setfenv");
    luaL_loadstring(L, "return mark");
    lua_getfenv(L, -1);
    printf("globals: %d\n", lua_equal(L, -1, LUA_GLOBALSINDEX));
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushstring(L, "own");
    lua_setfield(L, -2, "mark");
    printf("set: %d\n", lua_setfenv(L, -2));
    outcome(L, "call", lua_pcall(L, 0, 1, 0));
    lua_pushnumber(L, 5);
    lua_newtable(L);
    printf("number: %d, top %d\n", lua_setfenv(L, -2), lua_gettop(L));
    lua_getfenv(L, 1);
    stack(L, "of a number");
    lua_settop(L, 0);
    lua_newtable(L);
    lua_getfenv(L, 1);
    stack(L, "of a table");
    lua_settop(L, 0);

    check("environments of library functions");
    lua_getglobal(L, "print");
    lua_getfenv(L, -1);
    printf("globals: %d\n", lua_equal(L, -1, LUA_GLOBALSINDEX));
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushstring(L, "print's");
    lua_setfield(L, -2, "mark");
    printf("set: %d, top %d\n", lua_setfenv(L, -2), lua_gettop(L));
    lua_gc(L, LUA_GCCOLLECT, 0);
    lua_getfenv(L, -1);
    lua_getfield(L, -1, "mark");
    printf("%s\n", lua_tostring(L, -1));
    lua_settop(L, 0);

    check("the globals of threads");
    {
        lua_State *co = lua_newthread(L);
        lua_newtable(co);
        lua_pushstring(co, "thread");
        lua_setfield(co, -2, "mark");
        lua_replace(co, LUA_GLOBALSINDEX);
        lua_getglobal(co, "mark");
        lua_getglobal(L, "mark");
        printf("%s %s\n", lua_tostring(co, -1), lua_tostring(L, -1));
        luaL_loadstring(co, "return mark");
        lua_call(co, 0, 1);
        printf("%s\n", lua_tostring(co, -1));
        lua_pushthread(co);
        lua_getfenv(co, -1);
        printf("%d\n", lua_equal(co, -1, LUA_GLOBALSINDEX));
        lua_settop(L, 0);
    }

    check("environment indices without a function");
    lua_pushvalue(L, LUA_GLOBALSINDEX);
    printf("%d %d %d\n", lua_type(L, LUA_REGISTRYINDEX), lua_type(L, LUA_GLOBALSINDEX), lua_gettop(L));
    lua_settop(L, 0);
}

static int upvalues(lua_State *L) {
    lua_Integer n = lua_tointeger(L, lua_upvalueindex(1));
    lua_pushinteger(L, n + 1);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(1));
    lua_pushboolean(L, lua_isnone(L, lua_upvalueindex(3)));
    lua_pushvalue(L, lua_upvalueindex(2));
    return 3;
}

static const luaL_Reg functions[] = {{"environment", environment}, {"upvalues", upvalues}, {NULL, NULL}};

static void libraries(lua_State *L) {
    check("luaL_register");
    luaL_register(L, "one", functions);
    stack(L, "library");
    lua_settop(L, 0);
    run(L, "return type(one.environment), package.loaded.one == one");
    luaL_register(L, "deep.er.lib", functions);
    lua_settop(L, 0);
    run(L, "return type(deep.er.lib.upvalues), package.loaded['deep.er.lib'] == deep.er.lib");
    lua_newtable(L);
    luaL_register(L, NULL, functions);
    stack(L, "own table");
    lua_settop(L, 0);
    run(L, "conflict = 5");

    check("luaL_openlib with upvalues");
    lua_pushinteger(L, 10);
    lua_pushstring(L, "shared");
    luaL_openlib(L, "two", functions, 2);
    lua_settop(L, 0);
    run(L, "return two.upvalues()");
    run(L, "return two.upvalues()");

    check("luaL_findtable");
    printf("%s\n", luaL_findtable(L, LUA_GLOBALSINDEX, "a.b.c", 3) == NULL ? "made" : "conflict");
    stack(L, "table");
    lua_settop(L, 0);
    run(L, "return type(a.b.c)");
    printf("%s\n", luaL_findtable(L, LUA_GLOBALSINDEX, "a.conflict.c", 0) == NULL ? "made" : "conflict");
    lua_settop(L, 0);
    run(L, "a.x = 1");
    printf("%s\n", luaL_findtable(L, LUA_GLOBALSINDEX, "a.x.c", 0));
    stack(L, "nothing");

    check("functions are objects");
    lua_pushcfunction(L, environment);
    lua_pushcfunction(L, environment);
    printf("%d %d\n", lua_rawequal(L, 1, 2), lua_tocfunction(L, 1) == lua_tocfunction(L, 2));
    lua_settop(L, 0);
}

static int protected(lua_State *L) {
    stack(L, "in lua_cpcall");
    printf("%s\n", (const char *)lua_touserdata(L, 1));
    lua_pushstring(L, "dropped");
    return 1;
}

static int failing(lua_State *L) {
    return luaL_error(L, "failed with %s %d %f %c %%", "text", 5, 1.5, 'x');
}

static int protest(lua_State *L) {
    luaL_typerror(L, 1, "thing");
    return 0;
}

static int waiting(lua_State *L) {
    return lua_yield(L, lua_gettop(L));
}

static void calls(lua_State *L) {
    check("lua_cpcall");
    outcome(L, "ok", lua_cpcall(L, protected, "data"));
    outcome(L, "fails", lua_cpcall(L, failing, NULL));
    lua_pushinteger(L, 7);
    outcome(L, "above", lua_cpcall(L, failing, NULL));

    check("lua_pcall with a handler");
    lua_getglobal(L, "tostring");
    lua_pushcfunction(L, failing);
    printf("%d %s\n", lua_pcall(L, 0, 0, 1), lua_tostring(L, -1));
    lua_settop(L, 0);

    check("luaL_typerror");
    lua_register(L, "protest", protest);
    run(L, "protest(5)");
    run(L, "protest()");
    run(L, "local t = { protest = protest } t:protest()");

    check("coroutines");
    {
        lua_State *co = lua_newthread(L);
        int status;
        lua_register(L, "waiting", waiting);
        luaL_loadstring(co, "local a = ... local b = waiting(a, 2) local ok, m = pcall(waiting) return b, ok, m");
        lua_pushstring(co, "first");
        status = lua_resume(co, 1);
        printf("%d %d ", status, lua_status(co));
        stack(co, "yielded");
        lua_settop(co, 0);
        lua_pushstring(co, "second");
        status = lua_resume(co, 1);
        printf("%d %d ", status, lua_status(co));
        stack(co, "returned");
        lua_settop(L, 0);
    }

    check("comparison and length");
    lua_pushnumber(L, 1);
    lua_pushstring(L, "abc");
    lua_pushnumber(L, 12.5);
    lua_newtable(L);
    printf("%d %d %d\n", lua_equal(L, 1, 1), lua_lessthan(L, 1, 3), lua_equal(L, 1, 99));
    printf("%d %d %d %d %d\n", (int)lua_objlen(L, 1), (int)lua_objlen(L, 2), (int)lua_strlen(L, 3), (int)lua_objlen(L, 4),
           (int)lua_objlen(L, 99));
    stack(L, "after");
    lua_settop(L, 0);
    lua_pushnumber(L, 3.99);
    lua_pushnumber(L, -3.99);
    lua_pushstring(L, "0x10");
    lua_pushstring(L, "x");
    printf("%d %d %d %d\n", (int)lua_tointeger(L, 1), (int)lua_tointeger(L, 2), (int)lua_tointeger(L, 3),
           (int)lua_tointeger(L, 4));
    lua_settop(L, 0);

    check("limits of the stack");
    printf("%d %d %d\n", lua_checkstack(L, 100), lua_checkstack(L, 8001), lua_checkstack(L, 7000));
}

static void buffers(lua_State *L) {
    luaL_Buffer b;
    char piece[100];
    int i;
    check("a short buffer");
    luaL_buffinit(L, &b);
    luaL_addstring(&b, "one ");
    luaL_addlstring(&b, "two", 3);
    luaL_addchar(&b, '!');
    luaL_putchar(&b, '?');
    lua_pushnumber(L, 42);
    luaL_addvalue(&b);
    luaL_pushresult(&b);
    stack(L, "short");
    lua_settop(L, 0);

    check("an empty buffer");
    luaL_buffinit(L, &b);
    luaL_pushresult(&b);
    stack(L, "empty");
    lua_settop(L, 0);

    check("a long buffer");
    memset(piece, 'x', sizeof(piece));
    lua_pushstring(L, "below");
    luaL_buffinit(L, &b);
    for (i = 0; i < 5000; i++) {
        luaL_addlstring(&b, piece, sizeof(piece));
        luaL_addchar(&b, (char)('a' + i % 26));
    }
    luaL_pushresult(&b);
    printf("%d %d %s\n", lua_gettop(L), (int)lua_objlen(L, -1), lua_tostring(L, 1));
    printf("%.3s %.3s\n", lua_tostring(L, -1) + 99, lua_tostring(L, -1) + 5000 * 101 - 3);
    lua_settop(L, 0);

    check("long values and prepared space");
    luaL_buffinit(L, &b);
    for (i = 0; i < 20; i++) {
        int n;
        for (n = 0; n < 100; n++) lua_pushlstring(L, piece, sizeof(piece) - (size_t)n);
        lua_concat(L, 100);
        luaL_addvalue(&b);
        memcpy(luaL_prepbuffer(&b), "prepared", 8);
        luaL_addsize(&b, 8);
    }
    luaL_pushresult(&b);
    printf("%d %d\n", lua_gettop(L), (int)lua_objlen(L, -1));
    lua_settop(L, 0);

    check("luaL_gsub");
    printf("%s\n", luaL_gsub(L, "a.b.c", ".", "::"));
    stack(L, "gsub");
    lua_settop(L, 0);
}

static void hook(lua_State *L, lua_Debug *ar) {
    static const char *const names[] = {"call", "return", "line", "count", "tail return"};
    lua_getinfo(L, "nS", ar);
    printf("%s %s %s\n", names[ar->event], ar->what, ar->name ? ar->name : "-");
}

static void debugging(lua_State *L) {
    static const char closure[] = "local a, b\nreturn function() return a, b end";
    lua_Debug ar;
    check("hooks of tail calls");
    luaL_loadstring(L, "local function f() end local function g() return f() end g()");
    lua_sethook(L, hook, LUA_MASKRET, 0);
    lua_call(L, 0, 0);
    printf("%d\n", lua_sethook(L, NULL, 0, 0));

    check("lua_getinfo of a function");
    luaL_loadbuffer(L, closure, strlen(closure), "=chunk");
    lua_call(L, 0, 1);
    lua_getinfo(L, ">Su", &ar);
    printf("%s %s %d %d %d\n", ar.what, ar.short_src, ar.linedefined, ar.lastlinedefined, ar.nups);
    printf("%d %d\n", lua_getstack(L, 0, &ar), lua_getstack(L, 5, &ar));
}

static int writer(lua_State *L, const void *p, size_t size, void *data) {
    (void)L;
    luaL_addlstring((luaL_Buffer *)data, (const char *)p, size);
    return 0;
}

static void chunks(lua_State *L) {
    luaL_Buffer b;
    size_t length;
    const char *code;
    check("dump and load");
    luaL_loadstring(L, "return ... , 'dumped'");
    luaL_buffinit(L, &b);
    printf("%d\n", lua_dump(L, writer, &b));
    luaL_pushresult(&b);
    code = lua_tolstring(L, -1, &length);
    printf("%d %d\n", (unsigned char)code[0], (unsigned char)code[4]);
    printf("%d\n", luaL_loadbuffer(L, code, length, "dumped"));
    lua_pushinteger(L, 3);
    outcome(L, "call", lua_pcall(L, 1, LUA_MULTRET, 0));
    lua_pushcfunction(L, writer == NULL ? NULL : waiting);
    printf("%d\n", lua_dump(L, writer, &b));
    lua_settop(L, 0);

    check("errors of loading");
    outcome(L, "syntax", luaL_loadstring(L, "x ="));
    outcome(L, "file", luaL_loadfile(L, "/none"));
    outcome(L, "buffer", luaL_loadbuffer(L, "= 1", 3, "=name"));
}

static void references(lua_State *L) {
    int a, b;
    check("references");
    lua_newtable(L);
    lua_pushstring(L, "a");
    a = luaL_ref(L, 1);
    lua_pushstring(L, "b");
    b = luaL_ref(L, 1);
    lua_pushnil(L);
    printf("%d %d %d\n", a, b, luaL_ref(L, 1));
    luaL_unref(L, 1, a);
    lua_pushstring(L, "c");
    printf("%d\n", luaL_ref(L, 1));
    lua_settop(L, 0);
}

int main(void) {
    lua_State *L = lua_open();
    setvbuf(stdout, NULL, _IONBF, 0);
    luaL_openlibs(L);
    environments(L);
    libraries(L);
    calls(L);
    buffers(L);
    debugging(L);
    chunks(L);
    references(L);
    lua_close(L);
    return 0;
}
