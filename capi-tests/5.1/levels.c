/* Coroutines, hooks, comparison, the collector and what errors say, by the functions of liblua5.1. */
#include <stdio.h>
#include <string.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

static void show(lua_State *L, const char *what, int status) {
    printf("%s: %d, top %d", what, status, lua_gettop(L));
    for (int i = 1; i <= lua_gettop(L); i++) {
        const char *text = lua_isstring(L, i) ? lua_tostring(L, i) : luaL_typename(L, i);
        printf(" [%s]", text);
    }
    putchar('\n');
}

/* ---- coroutines */

static int yielding(lua_State *L) {
    return lua_yield(L, lua_gettop(L));
}

static int yields_below(lua_State *L) {
    lua_getglobal(L, "yielding");
    lua_call(L, 0, 0);
    return 0;
}

static int failing(lua_State *L) {
    return luaL_error(L, "failed with %d arguments", lua_gettop(L));
}

static void coroutines(lua_State *L) {
    lua_State *co = lua_newthread(L);
    printf("main %d, other %d\n", lua_pushthread(L), lua_pushthread(co));
    lua_settop(L, 1);
    lua_settop(co, 0);
    lua_setlevel(L, co);
    luaL_loadstring(co, "local a = yielding(...) local b, c = yielding(a, 'x') return a, b, c");
    lua_pushinteger(co, 1);
    lua_pushinteger(co, 2);
    show(co, "first", lua_resume(co, 2));
    printf("status %d\n", lua_status(co));
    lua_settop(co, 0);
    lua_pushliteral(co, "again");
    show(co, "second", lua_resume(co, 1));
    lua_settop(co, 0);
    show(co, "third", lua_resume(co, 0));
    printf("status %d\n", lua_status(co));
    lua_settop(co, 0);
    luaL_loadstring(co, "local function f() error('inside') end f()");
    show(co, "error", lua_resume(co, 0));
    printf("status %d\n", lua_status(co));
    show(co, "after the error", lua_resume(co, 0));
    co = lua_newthread(L);
    luaL_loadstring(co, "yields_below()");
    printf("across C: %d %s\n", lua_resume(co, 0), lua_tostring(co, -1));
    co = lua_newthread(L);
    lua_pushcfunction(co, yielding);
    lua_pushliteral(co, "from C");
    show(co, "C function", lua_resume(co, 1));
    co = lua_newthread(L);
    lua_pushcfunction(co, failing);
    lua_pushnil(co);
    show(co, "failing", lua_resume(co, 1));
    lua_settop(L, 0);
    lua_pushcfunction(L, yielding);
    show(L, "outside", lua_pcall(L, 0, 0, 0));
    lua_settop(L, 0);
}

/* ---- hooks and information */

static void hook(lua_State *L, lua_Debug *ar) {
    lua_getinfo(L, "nSl", ar);
    printf("event %d line %d %s %s '%s'\n", ar->event, ar->currentline, ar->what, ar->namewhat,
           ar->name == NULL ? "?" : ar->name);
}

static void raising(lua_State *L, lua_Debug *ar) {
    lua_sethook(L, NULL, 0, 0);
    luaL_error(L, "raised by event %d", ar->event);
}

static void hooks(lua_State *L) {
    const char *code = "local function f(n)\n if n == 0 then return 0 end\n return f(n - 1)\nend\nf(2)\nlocal x = math.abs(-1)";
    printf("set %d\n", lua_sethook(L, hook, LUA_MASKCALL | LUA_MASKRET, 0));
    printf("mask %d count %d same %d\n", lua_gethookmask(L), lua_gethookcount(L), lua_gethook(L) == hook);
    luaL_dostring(L, code);
    lua_sethook(L, hook, LUA_MASKLINE, 0);
    luaL_dostring(L, code);
    lua_sethook(L, NULL, 0, 0);
    printf("mask %d none %d\n", lua_gethookmask(L), lua_gethook(L) == NULL);
    lua_sethook(L, raising, LUA_MASKCOUNT, 100);
    show(L, "count", luaL_dostring(L, "while true do end"));
    lua_settop(L, 0);
    lua_sethook(L, raising, LUA_MASKCALL, 0);
    luaL_loadstring(L, "return 1");
    show(L, "call", lua_pcall(L, 0, 1, 0));
    lua_settop(L, 0);
    lua_sethook(L, raising, LUA_MASKLINE, 0);
    luaL_loadstring(L, "\nreturn 1");
    show(L, "line", lua_pcall(L, 0, 1, 0));
    lua_settop(L, 0);
}

static int levels(lua_State *L) {
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        printf("getinfo %d:", lua_getinfo(L, "nSlu", &ar));
        printf(" %s|%s|%s|%s|%d|%d|%d|%d\n", ar.name == NULL ? "none" : ar.name, ar.namewhat, ar.what, ar.short_src,
               ar.currentline, ar.linedefined, ar.lastlinedefined, ar.nups);
        const char *local = lua_getlocal(L, &ar, 1);
        if (local != NULL) {
            printf("  local %s = %s\n", local, luaL_typename(L, -1));
            lua_pop(L, 1);
        }
    }
    lua_getstack(L, 1, &ar);
    printf("wrong option %d\n", lua_getinfo(L, "nX", &ar));
    lua_getinfo(L, "fL", &ar);
    printf("%s %s\n", luaL_typename(L, -2), luaL_typename(L, -1));
    return 0;
}

static void information(lua_State *L) {
    lua_Debug ar;
    lua_register(L, "levels", levels);
    show(L, "levels", luaL_dostring(L, "local function tail(a) return levels() end\nlocal function f(b)\n return tail(b)\nend\nlocal t = {m = function(self) f(1) end}\nt:m()"));
    lua_settop(L, 0);
    luaL_loadstring(L, "local a\nlocal b = a\nreturn function() return b end");
    printf("getinfo %d", lua_getinfo(L, ">SLu", &ar));
    printf(" %s %d %d %s\n", ar.what, ar.linedefined, ar.nups, luaL_typename(L, -1));
    for (int line = 1; line <= 3; line++) {
        lua_rawgeti(L, -1, line);
        printf("line %d: %s\n", line, luaL_typename(L, -1));
        lua_pop(L, 1);
    }
    lua_settop(L, 0);
    lua_pushcfunction(L, failing);
    lua_getinfo(L, ">S", &ar);
    printf("%s %s %s %d\n", ar.what, ar.source, ar.short_src, ar.linedefined);
}

/* ---- comparison */

static int compare(lua_State *L) {
    printf("equal %d raw %d less %d\n", lua_equal(L, 1, 2), lua_rawequal(L, 1, 2), lua_lessthan(L, 1, 2));
    return 0;
}

static void comparisons(lua_State *L) {
    lua_settop(L, 0);
    lua_pushinteger(L, 1);
    printf("invalid: %d %d %d\n", lua_equal(L, 1, 2), lua_rawequal(L, 2, 3), lua_lessthan(L, 1, 5));
    lua_settop(L, 0);
    lua_register(L, "compare", compare);
    show(L, "numbers", luaL_dostring(L, "compare(1, 2) compare(2, 2) compare('a', 'b') compare('10', '9')"));
    show(L, "metamethods", luaL_dostring(L, "local mt = {__eq = function() return true end, __lt = function() return 1 end} "
                                            "local a, b = setmetatable({}, mt), setmetatable({}, mt) compare(a, b) compare(a, a)"));
    show(L, "different", luaL_dostring(L, "compare(1, '1')"));
    lua_settop(L, 0);
    show(L, "tables", luaL_dostring(L, "compare({}, {})"));
    lua_settop(L, 0);
}

/* ---- the collector */

static void collector(lua_State *L) {
    lua_gc(L, LUA_GCCOLLECT, 0);
    int before = lua_gc(L, LUA_GCCOUNT, 0);
    printf("stop %d restart %d\n", lua_gc(L, LUA_GCSTOP, 0), lua_gc(L, LUA_GCRESTART, 0));
    printf("pause %d", lua_gc(L, LUA_GCSETPAUSE, 150));
    printf(" %d", lua_gc(L, LUA_GCSETPAUSE, 200));
    printf(" multiplier %d", lua_gc(L, LUA_GCSETSTEPMUL, 300));
    printf(" %d\n", lua_gc(L, LUA_GCSETSTEPMUL, 200));
    printf("wrong option %d\n", lua_gc(L, 99, 0));
    lua_gc(L, LUA_GCSTOP, 0);
    luaL_dostring(L, "for i = 1, 10000 do local t = {i} end");
    printf("grown %d\n", lua_gc(L, LUA_GCCOUNT, 0) > before + 400);
    int steps = 0;
    while (!lua_gc(L, LUA_GCSTEP, 0) && steps < 100000) steps++;
    printf("steps end %d\n", steps < 100000);
    lua_gc(L, LUA_GCCOLLECT, 0);
    printf("shrunk %d, rest below %d\n", lua_gc(L, LUA_GCCOUNT, 0) < before + 100, lua_gc(L, LUA_GCCOUNTB, 0) < 1024);
    lua_gc(L, LUA_GCRESTART, 0);
}

/* ---- errors of the auxiliary library */

static int wrong(lua_State *L) {
    static const char *const options[] = {"one", "two", NULL};
    switch ((int)lua_tointeger(L, lua_upvalueindex(1))) {
    case 1: return luaL_typerror(L, 1, "anything");
    case 2: return luaL_argerror(L, 2, "is wrong");
    case 3: luaL_checkoption(L, 1, NULL, options); break;
    case 4: luaL_checkoption(L, 1, "three", options); break;
    case 5: luaL_checkudata(L, 1, "none"); break;
    case 6: luaL_checkstack(L, 10000, "too much"); break;
    case 7: luaL_checktype(L, 1, LUA_TTHREAD); break;
    case 8: luaL_checkany(L, 3); break;
    case 9: luaL_checkinteger(L, 1); break;
    case 10: lua_pushinteger(L, luaL_optinteger(L, 1, 7)); return 1;
    case 11: lua_pushnumber(L, luaL_optnumber(L, 2, 0.5)); return 1;
    case 12: luaL_argcheck(L, 0, -1, "not really an argument"); break;
    case 13: return lua_error(L);
    case 14: lua_pushfstring(L, "%s|%d|%f|%p|%c|%%|%x|%I", "text", 5, 1.5, NULL, 'c'); return 1;
    }
    return 0;
}

static void errors(lua_State *L) {
    static const char *const calls[] = {"return wrong('three')", "return wrong()", "local t = {m = wrong} return t:m(1)", "return wrong(nil, nil)"};
    for (int n = 1; n <= 14; n++) {
        lua_pushinteger(L, n);
        lua_pushcclosure(L, wrong, 1);
        lua_setglobal(L, "wrong");
        for (int i = 0; i < 4; i++) {
            if (n == 13 && i != 0) continue;
            char title[20];
            snprintf(title, sizeof title, "%d.%d", n, i);
            show(L, title, luaL_dostring(L, calls[i]));
            lua_settop(L, 0);
        }
    }
}

int main(void) {
    lua_State *L = luaL_newstate();
    setvbuf(stdout, NULL, _IONBF, 0);
    luaL_openlibs(L);
    lua_register(L, "yielding", yielding);
    lua_register(L, "yields_below", yields_below);
    coroutines(L);
    hooks(L);
    information(L);
    comparisons(L);
    collector(L);
    errors(L);
    lua_close(L);
    return 0;
}
