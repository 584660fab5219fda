/* Calls, errors, argument checks, panic. */

#include <setjmp.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common.h"

static int results(lua_State *L) {
    int n = (int)luaL_checkinteger(L, 1);
    luaL_checkstack(L, n, "too many results");
    for (int i = 1; i <= n; i++) lua_pushinteger(L, i);
    return n;
}

static void calls(lua_State *L) {
    check("call adjusts results");
    for (int want = -1; want <= 4; want++) {
        lua_pushcfunction(L, results), lua_pushinteger(L, 2), lua_call(L, 1, want), stack(L, "want"), lua_settop(L, 0);
    }
    check("pcall statuses");
    luaL_loadstring(L, "return ..."), lua_pushinteger(L, 1), lua_pushinteger(L, 2);
    outcome(L, "fine", lua_pcall(L, 2, LUA_MULTRET, 0));
    luaL_loadstring(L, "error('message')"), outcome(L, "error", lua_pcall(L, 0, 0, 0));
    luaL_loadstring(L, "error({})"), outcome(L, "object", lua_pcall(L, 0, 0, 0));
    luaL_loadstring(L, "error()"), outcome(L, "nil", lua_pcall(L, 0, 0, 0));
    luaL_loadstring(L, "local x = nil; x.y = 1"), outcome(L, "index", lua_pcall(L, 0, 0, 0));
#if LUA_VERSION_NUM >= 503
    luaL_loadstring(L, "return ('x'):rep(1 << 45)"), outcome(L, "memory", lua_pcall(L, 0, 0, 0));
#endif
    lua_pushinteger(L, 5), outcome(L, "not callable", lua_pcall(L, 0, 0, 0));
    outcome(L, "syntax", luaL_loadstring(L, "x ="));
    lua_pushinteger(L, 1), lua_pushcfunction(L, results), lua_pushstring(L, "bad"), outcome(L, "argument", lua_pcall(L, 1, 1, 0));
}

static int handler(lua_State *L) {
    lua_pushfstring(L, "handled(%s)", luaL_tolstring(L, 1, NULL));
    return 1;
}

static int bad_handler(lua_State *L) {
    return luaL_error(L, "handler fails");
}

static int handled_with(lua_State *L, lua_CFunction f, const char *text) {
    lua_pushcfunction(L, f);
    luaL_loadstring(L, text);
    return lua_pcall(L, 0, LUA_MULTRET, 1);
}

#if LUA_VERSION_NUM >= 502
static int tracer(lua_State *L) {
    luaL_traceback(L, L, lua_tostring(L, 1), 0);
    return 1;
}
#endif

static void handlers(lua_State *L) {
    check("message handlers");
    outcome(L, "handled", handled_with(L, handler, "error('m', 0)"));
    outcome(L, "fine", handled_with(L, handler, "return 1, 2"));
    outcome(L, "failing", handled_with(L, bad_handler, "error('m', 0)"));
    outcome(L, "overflow", handled_with(L, handler, "local function f() return 1 + f() end f()"));
#if LUA_VERSION_NUM >= 502
    outcome(L, "traced", handled_with(L, tracer, "local function f() error('t') end f()"));
#endif
}

static int raise_text(lua_State *L) {
    return luaL_error(L, "%s %d %f", "formatted", 5, 1.5);
}
static int raise_value(lua_State *L) {
    lua_settop(L, 1);
    return lua_error(L);
}
static int where(lua_State *L) {
    for (int i = 0; i < 4; i++) luaL_where(L, i), printf("[%s]", lua_tostring(L, -1));
    putchar('\n');
    return 0;
}
static int deep(lua_State *L) {
    int n = (int)lua_tointeger(L, 1);
    if (n == 0) return luaL_error(L, "bottom");
    lua_pushcfunction(L, deep), lua_pushinteger(L, n - 1);
    lua_call(L, 1, 0);
    return 0;
}
static int protect(lua_State *L) {
    int n = (int)lua_tointeger(L, 1);
    if (n == 0) return luaL_error(L, "innermost");
    lua_pushcfunction(L, protect), lua_pushinteger(L, n - 1);
    if (lua_pcall(L, 1, 0, 0) == LUA_OK) return 0;
    lua_pushfstring(L, "%d<%s>", n, lua_tostring(L, -1));
    return lua_error(L);
}
static int recurse(lua_State *L) {
    lua_pushcfunction(L, recurse);
    lua_call(L, 0, 0);
    return 0;
}

static void raising(lua_State *L) {
    check("raising from C");
    lua_register(L, "raise", raise_text), lua_register(L, "raise_value", raise_value), lua_register(L, "where", where);
    lua_register(L, "deep", deep), lua_register(L, "protect", protect), lua_register(L, "recurse", recurse);
    run(L, "print(pcall(raise))");
    run(L, "print(pcall(function() raise() end))");
    run(L, "print(pcall(raise_value, 'v'), pcall(raise_value, nil), select(2, pcall(raise_value, print)) == print)");
    lua_pushcfunction(L, raise_text), outcome(L, "direct", lua_pcall(L, 0, 0, 0));
    run(L, "local function f()\n where() end\n f()");
    run(L, "print(pcall(deep, 50))");
    run(L, "print(pcall(protect, 5))");
    run(L, "local ok, m = pcall(recurse) print(ok, m)");
    run(L, "local co = coroutine.wrap(function() raise() end) print(pcall(co))");
}

static int checks(lua_State *L) {
    const char *what = luaL_checkstring(L, lua_upvalueindex(1));
    static const char *const options[] = {"red", "green", NULL};
    size_t n;
    if (!strcmp(what, "integer")) lua_pushinteger(L, luaL_checkinteger(L, 1));
    else if (!strcmp(what, "number")) lua_pushnumber(L, luaL_checknumber(L, 1));
    else if (!strcmp(what, "string")) lua_pushstring(L, luaL_checklstring(L, 1, &n)), lua_pushinteger(L, n);
    else if (!strcmp(what, "optinteger")) lua_pushinteger(L, luaL_optinteger(L, 1, 77));
    else if (!strcmp(what, "optnumber")) lua_pushnumber(L, luaL_optnumber(L, 1, 7.5));
    else if (!strcmp(what, "optstring")) lua_pushstring(L, luaL_optlstring(L, 1, "default", &n)), lua_pushinteger(L, n);
    else if (!strcmp(what, "option")) lua_pushinteger(L, luaL_checkoption(L, 1, NULL, options));
    else if (!strcmp(what, "optoption")) lua_pushinteger(L, luaL_checkoption(L, 1, "green", options));
    else if (!strcmp(what, "any")) luaL_checkany(L, 1);
    else if (!strcmp(what, "table")) luaL_checktype(L, 1, LUA_TTABLE);
    else if (!strcmp(what, "nil")) luaL_checktype(L, 1, LUA_TNIL);
    else if (!strcmp(what, "userdata")) luaL_checkudata(L, 1, "FILE*");
    else if (!strcmp(what, "own")) luaL_checkudata(L, 1, "Own.Type");
    else if (!strcmp(what, "arg")) luaL_argcheck(L, lua_toboolean(L, 1), 1, "must be true");
#if LUA_VERSION_NUM >= 504
    else if (!strcmp(what, "expected")) luaL_argexpected(L, lua_toboolean(L, 1), 1, "truth");
    else if (!strcmp(what, "typeerror")) return luaL_typeerror(L, 1, "wish");
#endif
    else if (!strcmp(what, "argerror")) return luaL_argerror(L, 3, "third is bad");
    else if (!strcmp(what, "stack")) luaL_checkstack(L, 10000000, "much too much");
    else if (!strcmp(what, "stack0")) luaL_checkstack(L, 10000000, NULL);
    return lua_gettop(L) < 2 ? lua_gettop(L) : 2;
}

static void arguments(lua_State *L) {
    static const char *const names[] = {"integer", "number", "string", "optinteger", "optnumber", "optstring", "option", "optoption", "any", "table",
                                        "nil", "userdata", "own", "arg", "expected", "argerror", "typeerror", "stack", "stack0"};
    static const char *const values[] = {"", "nil", "5", "5.0", "5.5", "'7'", "'7.5'", "'red'", "'x'", "{}", "true", "io.stdout", "print", "setmetatable({}, {__name = 'Named'})", "raw"};
    lua_newuserdatauv(L, 0, 0), lua_setglobal(L, "raw");
    run(L, "function shown(ok, ...) local t = table.pack(...) for i = 1, t.n do t[i] = tostring(t[i]):gsub('0x%x+', 'P') end print(ok, table.concat(t, ' ')) end");
    for (int i = 0; i < 19; i++) {
        lua_pushfstring(L, "arguments: %s", names[i]);
        check(lua_tostring(L, -1));
        lua_settop(L, 0);
        lua_pushstring(L, names[i]), lua_pushcclosure(L, checks, 1), lua_setglobal(L, "checkit");
        for (int v = 0; v < 15; v++) {
            lua_pushfstring(L, "shown(pcall(checkit%s%s)) shown(pcall(function() return (checkit(%s)) end))", *values[v] ? ", " : "", values[v], values[v]);
            run(L, lua_tostring(L, -1));
            lua_settop(L, 0);
        }
        run(L, "local o = {m = checkit} shown(pcall(function() o:m() end)) shown(pcall(function() o.m() end)) lib = {f = checkit} checkit = nil package.loaded.lib = lib shown(pcall(lib.f)) package.loaded.lib = nil");
    }
}

static jmp_buf out;
static int panic(lua_State *L) {
    printf("panic: %s\n", lua_tostring(L, -1));
    longjmp(out, 1);
}
static int returning_panic(lua_State *L) {
    printf("returning: %s\n", lua_tostring(L, -1));
    return 0;
}

/* Runs in a child process, says how it ended. */
static void in_child(const char *title, void (*what)(lua_State *)) {
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        freopen("/dev/null", "w", stderr);
        what(luaL_newstate());
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    printf("%s: exit %d signal %d\n", title, WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}
static void abort_without(lua_State *L) {
    lua_pushstring(L, "unprotected");
    lua_error(L);
}
static void abort_with(lua_State *L) {
    lua_atpanic(L, returning_panic);
    luaL_error(L, "unprotected");
}
static void no_panic(lua_State *L) {
    lua_atpanic(L, NULL);
    luaL_error(L, "unprotected");
}

static void panics(void) {
    check("panic");
    lua_State *L = luaL_newstate();
    lua_CFunction old = lua_atpanic(L, panic);
    printf("%d %d\n", old != NULL, lua_atpanic(L, panic) == panic);
    if (setjmp(out) == 0) luaL_error(L, "out of %s", "here");
    else printf("came out, top %d\n", lua_gettop(L) > 0);
    if (setjmp(out) == 0) lua_pushinteger(L, 1), lua_call(L, 0, 0);
    else printf("came out again\n");
    lua_settop(L, 0);
    if (setjmp(out) == 0) luaL_loadstring(L, "local t = nil; return t.x"), lua_call(L, 0, 0);
    else printf("and again\n");
    lua_close(L);
    in_child("default", abort_without), in_child("returning", abort_with), in_child("none", no_panic);
}

int main(void) {
    lua_State *L = new_state();
    calls(L), handlers(L), raising(L), arguments(L), panics();
    lua_close(L);
    return 0;
}
