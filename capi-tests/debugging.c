/* The debug interface: activation records, locals, upvalues, hooks, tracebacks. */

#include "common.h"

static void load(lua_State *L, const char *text, const char *name) {
    if (luaL_loadbuffer(L, text, strlen(text), name) != LUA_OK) printf("%s\n", lua_tostring(L, -1)), exit(1);
}

/* What each version can be asked for, and has fields for. */
#if LUA_VERSION_NUM >= 504
#define EVERYTHING "nSltur"
#elif LUA_VERSION_NUM >= 502
#define EVERYTHING "nSltu"
#else
#define EVERYTHING "nSlu"
#endif

static void print_info(lua_Debug *ar) {
    printf("name=%s what=%s/%s src=%s cur=%d def=%d-%d nups=%d", ar->name ? ar->name : "-", ar->namewhat, ar->what, ar->short_src,
           ar->currentline, ar->linedefined, ar->lastlinedefined, ar->nups);
#if LUA_VERSION_NUM >= 502
    printf(" params=%d vararg=%d tail=%d", ar->nparams, ar->isvararg, ar->istailcall != 0);
#endif
#if LUA_VERSION_NUM >= 504
    printf(" transfer=%d+%d", ar->ftransfer, ar->ntransfer);
#endif
    putchar('\n');
}

static int levels(lua_State *L) {
    lua_Debug ar;
    for (int i = 0; lua_getstack(L, i, &ar); i++) {
        memset(ar.short_src, 0, sizeof ar.short_src);
        lua_getinfo(L, EVERYTHING, &ar);
        print_info(&ar);
    }
    printf("%d %d\n", lua_getstack(L, 100, &ar), lua_getstack(L, -1, &ar));
    return 0;
}

static int locals(lua_State *L) {
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        for (int n = LUA_VERSION_NUM >= 502 ? -3 : 1; n < 8; n++) {
            const char *name = lua_getlocal(L, &ar, n);
            if (name == NULL) continue;
            printf("%d/%d %s = ", level, n, name), show(L, -1), putchar('\n');
            lua_pop(L, 1);
        }
    }
    if (lua_getstack(L, 1, &ar)) {
        lua_pushstring(L, "changed"), printf("%s\n", lua_setlocal(L, &ar, 1));
        lua_pushstring(L, "lost"), printf("%d\n", lua_setlocal(L, &ar, 100) == NULL);
#if LUA_VERSION_NUM >= 502
        lua_pushstring(L, "vararg"), printf("%s\n", lua_setlocal(L, &ar, -1));
#endif
    }
    return 0;
}

static void records(lua_State *L) {
    check("levels");
    lua_register(L, "levels", levels), lua_register(L, "locals", locals);
    run(L, "local t = {} function t.f(a, b, ...)\n levels()\n end\n function g() t.f(1) end\n local function h() return g() end\n h()");
    check("function information");
    lua_Debug ar;
    load(L, "local a\nlocal function f(x, y)\n return x, y, a\nend\nreturn f", "@file.lua"), lua_call(L, 0, 1);
    memset(&ar, 0, sizeof ar), ar.namewhat = "";
    lua_pushvalue(L, 1), printf("%d ", lua_getinfo(L, ">Su", &ar)), print_info(&ar);
    printf("%s\n", ar.source);
#if LUA_VERSION_NUM >= 504
    printf("%d\n", (int)ar.srclen);
#endif
    lua_pushvalue(L, 1), lua_getinfo(L, ">fL", &ar), stack(L, "f and L");
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) printf("line %d\n", (int)lua_tointeger(L, -2) > 0);
    lua_settop(L, 0);
    lua_pushcfunction(L, levels), lua_getinfo(L, LUA_VERSION_NUM >= 502 ? ">Sunlt" : ">Sunl", &ar), print_info(&ar);
    lua_pushcfunction(L, levels), printf("%d\n", lua_getinfo(L, ">x", &ar));
    check("locals");
    run(L, "local function f(p, ...) local a, b = 1, {} ; locals() print(p, ..., a) end f('param', 'extra')");
    lua_settop(L, 0);
#if LUA_VERSION_NUM >= 502
    luaL_loadstring(L, "local function f(one, two) end return f"), lua_call(L, 0, 1);
    lua_pushvalue(L, 1), printf("%s ", lua_getlocal(L, NULL, 1));
    lua_pushvalue(L, 1), printf("%s ", lua_getlocal(L, NULL, 2));
    lua_pushvalue(L, 1), printf("%d\n", lua_getlocal(L, NULL, 3) == NULL);
    lua_settop(L, 0);
#endif
}

static void upvalues(lua_State *L) {
    check("upvalues");
    run(L, "local a, b = 1, 'two' local function f() return a, b, print end local function g() return b end return f, g");
    for (int i = 1; i <= 4; i++) {
        const char *name = lua_getupvalue(L, 1, i);
        printf("%s ", name ? name : "NULL");
        if (name && strcmp(name, "_ENV")) show(L, -1);
        putchar('\n');
        lua_settop(L, 2);
    }
    lua_pushinteger(L, 100), printf("%s\n", lua_setupvalue(L, 1, 1));
    lua_pushinteger(L, 100), printf("%d\n", lua_setupvalue(L, 1, 10) == NULL);
    lua_settop(L, 2);
#if LUA_VERSION_NUM >= 502
    printf("same %d different %d none %d\n", lua_upvalueid(L, 1, 2) == lua_upvalueid(L, 2, 1), lua_upvalueid(L, 1, 1) != lua_upvalueid(L, 2, 1), LUA_VERSION_NUM < 504 || lua_upvalueid(L, 2, 9) == NULL);
    lua_upvaluejoin(L, 2, 1, 1, 1);
    printf("joined %d ", lua_upvalueid(L, 1, 1) == lua_upvalueid(L, 2, 1));
    lua_pushvalue(L, 2), lua_call(L, 0, 1), show(L, -1), putchar('\n');
#endif
    lua_settop(L, 0);
    lua_pushinteger(L, 1), lua_pushinteger(L, 2), lua_pushcclosure(L, levels, 2);
    printf("[%s] ", lua_getupvalue(L, 1, 2)), show(L, -1), putchar('\n'), lua_pop(L, 1);
    lua_pushstring(L, "set"), printf("[%s] ", lua_setupvalue(L, 1, 1)), lua_getupvalue(L, 1, 1), show(L, -1);
#if LUA_VERSION_NUM >= 502
    printf(" %d %d", lua_upvalueid(L, 1, 1) != NULL, LUA_VERSION_NUM < 504 || lua_upvalueid(L, 1, 3) == NULL);
#endif
    putchar('\n');
    lua_settop(L, 0);
}

static int events[8];
static char trail[4000];
static void recorder(lua_State *L, lua_Debug *ar) {
    events[ar->event]++;
    size_t used = strlen(trail);
#if LUA_VERSION_NUM < 502
    if (ar->event == LUA_HOOKTAILRET) { /* nothing is known of that call any more */
        snprintf(trail + used, sizeof trail - used, "tail ");
        return;
    }
#endif
    lua_getinfo(L, LUA_VERSION_NUM >= 504 ? "nSlr" : "nSl", ar);
    snprintf(trail + used, sizeof trail - used, "%d:%s:%d ", ar->event, ar->name ? ar->name : ar->what, ar->currentline);
#if LUA_VERSION_NUM >= 504
    used = strlen(trail);
    snprintf(trail + used, sizeof trail - used, "(%d/%d) ", ar->ftransfer, ar->ntransfer);
#endif
}
static void counter(lua_State *L, lua_Debug *ar) {
    (void)L;
    events[ar->event]++;
}
static void failing(lua_State *L, lua_Debug *ar) {
    lua_sethook(L, NULL, 0, 0);
    luaL_error(L, "hook at line %d", ar->currentline);
}

static void hooks(lua_State *L) {
    check("hooks");
    lua_sethook(L, recorder, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE, 0);
    printf("%d %d %d\n", lua_gethook(L) == recorder, lua_gethookmask(L), lua_gethookcount(L));
    load(L, "local function f(a)\n return a\nend\nlocal function g() return f(1) end\nlocal x = f(2)\ng()\nmath.abs(-1)\nreturn x", "=hooked");
    lua_call(L, 0, 0);
    lua_sethook(L, NULL, 0, 0);
    printf("%s\n%d %d %d %d %d\n", trail, events[0], events[1], events[2], events[3], events[4]);
    printf("%d %d %d\n", lua_gethook(L) == NULL, lua_gethookmask(L), lua_gethookcount(L));
    check("count hooks");
    memset(events, 0, sizeof events);
    lua_sethook(L, counter, LUA_MASKCOUNT, 10);
    printf("%d\n", lua_gethookcount(L));
    run(L, "for i = 1, 10000 do end");
    lua_sethook(L, counter, LUA_MASKCOUNT, 0);
    printf("%d mask %d\n", events[LUA_HOOKCOUNT] > 500, lua_gethookmask(L));
    check("failing hooks");
    lua_sethook(L, failing, LUA_MASKLINE, 0);
    outcome(L, "hook", luaL_dostring(L, "local a = 1\nlocal b = 2"));
    lua_sethook(L, failing, LUA_MASKCOUNT, 100);
    luaL_loadstring(L, "while true do end"), outcome(L, "endless", lua_pcall(L, 0, 0, 0));
    lua_sethook(L, failing, LUA_MASKCALL, 0);
    luaL_loadstring(L, "print('x')"), outcome(L, "call", lua_pcall(L, 0, 0, 0));
}

#if LUA_VERSION_NUM >= 502
static int trace(lua_State *L) {
    luaL_traceback(L, L, luaL_optstring(L, 1, NULL), (int)luaL_optinteger(L, 2, 0));
    printf("%s\n", lua_tostring(L, -1));
    return 0;
}
#else
static int trace(lua_State *L) {
    run(L, "return debug.traceback"), lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    printf("%s\n", lua_tostring(L, -1));
    return 0;
}
#endif

static void tracebacks(lua_State *L) {
    check("traceback");
    lua_register(L, "trace", trace);
    run(L, "trace() trace('message') trace('m', 1) trace('m', 10)");
    run(L, "local function f() trace('nested', 0) end local t = {f = f} function t:m() self.f() end t:m()");
    run(L, "local function deep(n) if n == 0 then trace('deep', 1) else deep(n - 1) end return 1 end deep(30)");
    run(L, "local co = coroutine.create(function() local function inner() coroutine.yield() end inner() end) coroutine.resume(co) print(debug.traceback(co))");
#if LUA_VERSION_NUM == 504
    check("setcstacklimit");
    printf("%d\n", lua_setcstacklimit(L, 100));
#endif
}

int main(void) {
    lua_State *L = new_state();
    records(L), upvalues(L), hooks(L), tracebacks(L);
    lua_close(L);
    return 0;
}
