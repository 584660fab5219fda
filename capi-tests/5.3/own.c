/* What 5.3 has of its own, or does in its own way: one user value, continuations with contexts as wide as pointers, the
 * parameters of the collector, libraries opened one by one, files that C hands out. */

#include <errno.h>
#include <limits.h>
#include <stdint.h>

#include "common.h"

#undef lua_gc
#undef lua_resume

/* ---- user values */

static void user_values(lua_State *L) {
    check("one user value");
    char *p = lua_newuserdata(L, 24);
    memset(p, 'u', 24);
    printf("type %d ", lua_getuservalue(L, 1)), stack(L, "at first");
    lua_settop(L, 1);
    static const char *const values[] = {"12", "1.5", "'text'", "true", "{}", "print", "nil"};
    for (int i = 0; i < 7; i++) {
        luaL_loadstring(L, lua_pushfstring(L, "return %s", values[i])), lua_call(L, 0, 1);
        lua_setuservalue(L, 1);
        printf("%s type %d ", values[i], lua_getuservalue(L, 1)), show(L, -1), printf(" top %d\n", lua_gettop(L));
        lua_settop(L, 1);
    }
    check("user values live and die with their userdata");
    run(L, "return setmetatable({}, {__gc = function() print 'collected' end})");
    lua_setuservalue(L, 1);
    lua_gc(L, LUA_GCCOLLECT, 0), printf("kept\n");
    lua_settop(L, 0), lua_gc(L, LUA_GCCOLLECT, 0), lua_gc(L, LUA_GCCOLLECT, 0);
    check("user values in Lua");
    lua_newuserdata(L, 0), lua_setglobal(L, "u");
    run(L, "print(debug.getuservalue(u), debug.setuservalue(u, {5}) == u, debug.getuservalue(u)[1], debug.getuservalue(1), debug.getuservalue(io.stdout))");
    run(L, "print(pcall(debug.setuservalue, {}, 1)) print(pcall(debug.setuservalue, u)) print(pcall(debug.setuservalue, 5, 1))");
}

/* ---- the stack in ways that 5.3 introduced */

static void rotations(lua_State *L) {
    check("rotations");
    for (int from = 1; from <= 5; from++) {
        for (int by = -(6 - from); by <= 6 - from; by++) {
            lua_settop(L, 0);
            for (int i = 1; i <= 5; i++) lua_pushinteger(L, i);
            lua_rotate(L, from, by);
            printf("%d by %d", from, by), stack(L, "");
        }
    }
    lua_settop(L, 0);
    check("types that accesses return");
    run(L, "return {1, 'two', x = 1.5, [2.5] = {}}");
    printf("%d %d %d ", lua_geti(L, 1, 1), lua_geti(L, 1, 2), lua_geti(L, 1, 3));
    printf("%d %d ", lua_getfield(L, 1, "x"), lua_getfield(L, 1, "y"));
    lua_pushnumber(L, 2.5), printf("%d ", lua_gettable(L, 1));
    lua_pushstring(L, "x"), printf("%d ", lua_rawget(L, 1));
    printf("%d %d ", lua_rawgeti(L, 1, 2), lua_rawgetp(L, 1, L));
    printf("%d %d\n", lua_getglobal(L, "print"), lua_getglobal(L, "nothing at all"));
    stack(L, "all"), lua_settop(L, 0);
    check("integers and floats");
    static const char *const texts[] = {"10", "0x10", "1e1", "-0", " 7 ", "7x", "", "0x", "9223372036854775807", "9223372036854775808", "0xffffffffffffffff", "0x1p4", "1e400", "inf", "nan", "1 2", "0x.8", "5.", ".5", "."};
    for (int i = 0; i < 20; i++) {
        size_t n = lua_stringtonumber(L, texts[i]);
        printf("[%s] %d ", texts[i], (int)n), stack(L, n ? (lua_isinteger(L, -1) ? "integer" : "float") : "none");
        lua_settop(L, 0);
    }
    static const lua_Number numbers[] = {0, -0.0, 1, -1.5, 9007199254740993.0, 9223372036854775807.0, -9223372036854775808.0, 1e300, -1e300};
    for (int i = 0; i < 9; i++) {
        int good;
        lua_pushnumber(L, numbers[i]);
        lua_Integer n = lua_tointegerx(L, 1, &good);
        lua_Integer direct = 0;
        int fits = lua_numbertointeger(numbers[i], &direct);
        printf("%.17g: %d %lld integer %d macro %d\n", numbers[i], good, good ? (long long)n : 0, lua_isinteger(L, 1), fits);
        lua_settop(L, 0);
    }
    check("unsigned integers by the compatibility macros");
    lua_pushinteger(L, -1);
    printf("%llx\n", (unsigned long long)(lua_Unsigned)lua_tointeger(L, 1));
    lua_pushfstring(L, "%I %d %f %U %%", (LUAI_UACINT)LLONG_MIN, INT_MIN, 1.0, 0x10FFFFL), stack(L, "formatted");
    for (int c = 1; c < 256; c += 9) lua_pushfstring(L, "[%c]", c), show(L, -1), lua_settop(L, 0);
    putchar('\n');
}

/* ---- arithmetic */

static void arithmetic(lua_State *L) {
    static const char *const values[] = {"7", "-2", "0", "2.5", "-0.0", "math.mininteger", "math.maxinteger", "1e308", "'3'", "'0x10'", "'4.5'"};
    check("arithmetic from C");
    for (int a = 0; a < 11; a++) {
        for (int b = 0; b < 11; b++) {
            for (int op = LUA_OPADD; op <= LUA_OPBNOT; op++) {
                int unary = op == LUA_OPUNM || op == LUA_OPBNOT;
                if (unary && b > 0) continue;
                if ((op == LUA_OPMOD || op == LUA_OPIDIV) && b == 2) continue; /* division by zero: below */
                if (op >= LUA_OPBAND && op != LUA_OPUNM && (strchr(values[a], '.') || strchr(values[b], '.') || a == 7 || b == 7)) continue;
                lua_settop(L, 0);
                luaL_loadstring(L, lua_pushfstring(L, "return %s, %s", values[a], values[b])), lua_call(L, 0, 2), lua_remove(L, 1);
                if (unary) lua_settop(L, 1);
                lua_arith(L, op);
                show(L, -1), putchar(' ');
            }
        }
        putchar('\n');
    }
    lua_settop(L, 0);
}

static int divide(lua_State *L) {
    lua_arith(L, (int)lua_tointeger(L, lua_upvalueindex(1)));
    return 1;
}
static void arithmetic_errors(lua_State *L) {
    static const char *const arguments[] = {"1, 0", "1.0, 0", "1, 0.0", "{}, 1", "1, {}", "'x', 1", "1.5, 1", "2^63, 1", "'1.5', 1", "nil, 1"};
    check("arithmetic from C that fails");
    for (int op = LUA_OPADD; op <= LUA_OPSHR; op++) {
        if (op == LUA_OPUNM) continue;
        lua_pushinteger(L, op), lua_pushcclosure(L, divide, 1), lua_setglobal(L, "arith");
        for (int i = 0; i < 10; i++) {
            luaL_loadstring(L, lua_pushfstring(L, "return arith(%s)", arguments[i]));
            printf("%d: ", op), outcome(L, arguments[i], lua_pcall(L, 0, 1, 0));
        }
    }
}

/* ---- continuations */

static int after(lua_State *L, int status, lua_KContext context) {
    printf("continued %d with %lld", status, (long long)context), stack(L, "");
    return lua_gettop(L);
}
static int wide_yield(lua_State *L) {
    return lua_yieldk(L, lua_gettop(L), (lua_KContext)0x123456789abcdefLL, after);
}
static int wide_call(lua_State *L) {
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, (lua_KContext)INTPTR_MIN, after);
    return after(L, LUA_OK, (lua_KContext)INTPTR_MIN);
}
static int wide_pcall(lua_State *L) {
    return after(L, lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, (lua_KContext)INTPTR_MAX, after), (lua_KContext)INTPTR_MAX);
}

static void step(lua_State *L, lua_State *co, int arguments) {
    printf("resumed %d", lua_resume(co, L, arguments)), printf(" status %d", lua_status(co)), stack(co, "");
}

static void continuations(lua_State *L) {
    check("contexts as wide as pointers");
    lua_register(L, "wide_yield", wide_yield), lua_register(L, "wide_call", wide_call), lua_register(L, "wide_pcall", wide_pcall);
    static const char *const bodies[] = {
        "return wide_yield(1, 2)", "return wide_call(wide_yield, 'a')", "return wide_pcall(wide_yield, 'b')", "return wide_pcall(coroutine.yield, 'c')",
        "return wide_pcall(function() coroutine.yield('d') error('after', 0) end)", "return wide_pcall(wide_call, wide_yield, 'e')", "return wide_pcall(error, 'f')",
        "return (wide_pcall(function() wide_yield() error() end))", "return table.unpack({wide_call(wide_yield)})"};
    for (int i = 0; i < 9; i++) {
        lua_State *co = lua_newthread(L);
        luaL_loadstring(co, bodies[i]);
        step(L, co, 0);
        for (int round = 0; round < 3 && lua_status(co) == LUA_YIELD; round++) lua_settop(co, 0), lua_pushinteger(co, round), step(L, co, 1);
        lua_settop(L, 0);
    }
    check("resuming what cannot be");
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "error('dies')"), step(L, co, 0);
    lua_pushinteger(co, 1), lua_pushinteger(co, 2), step(L, co, 2);
    step(L, co, 0);
    printf("%d\n", lua_isyieldable(co));
    run(L, "local co co = coroutine.create(function() print(coroutine.resume(co)) end) coroutine.resume(co) print(coroutine.resume(co)) print(coroutine.resume(coroutine.running()))");
    lua_settop(L, 0);
    check("yieldable");
    run(L, "print(coroutine.isyieldable()) coroutine.wrap(function() print(coroutine.isyieldable(), pcall(coroutine.isyieldable)) table.sort({1, 2}, function() print(coroutine.isyieldable()) end) end)()");
}

/* ---- the collector */

static void collector(lua_State *L) {
    check("parameters of the collector");
    static const int values[] = {0, 39, 40, 100, 150, 200, 1000, 5000, INT_MAX, -1};
    for (int what = LUA_GCSETPAUSE; what <= LUA_GCSETSTEPMUL; what++) {
        for (int i = 0; i < 10; i++) printf("%d ", lua_gc(L, what, values[i]));
        putchar('\n');
    }
    lua_gc(L, LUA_GCSETPAUSE, 200), lua_gc(L, LUA_GCSETSTEPMUL, 200);
    check("options that do not exist");
    static const int unknown[] = {-1, 8, 10, 11, 12, 100};
    for (int i = 0; i < 6; i++) printf("%d ", lua_gc(L, unknown[i], 0));
    putchar('\n');
    check("steps of the collector");
    printf("stop %d running %d\n", lua_gc(L, LUA_GCSTOP, 0), lua_gc(L, LUA_GCISRUNNING, 0));
    run(L, "for i = 1, 20000 do local t = {i} end");
    printf("step of nothing ends the cycle at last %d\n", lua_gc(L, LUA_GCSTEP, 1 << 20));
    printf("still stopped %d\n", lua_gc(L, LUA_GCISRUNNING, 0));
    printf("restart %d running %d\n", lua_gc(L, LUA_GCRESTART, 0), lua_gc(L, LUA_GCISRUNNING, 0));
    check("errors in finalizers have a status");
    run(L, "setmetatable({}, {__gc = function() error('from the finalizer', 0) end})");
    luaL_loadstring(L, "collectgarbage() return 'not reached'"), outcome(L, "collection", lua_pcall(L, 0, 1, 0));
    run(L, "setmetatable({}, {__gc = function() error({}) end})");
    luaL_loadstring(L, "return pcall(collectgarbage)"), outcome(L, "collection", lua_pcall(L, 0, LUA_MULTRET, 0));
    printf("%d %d %d %d %d %d\n", LUA_OK, LUA_YIELD, LUA_ERRRUN, LUA_ERRSYNTAX, LUA_ERRMEM, LUA_ERRGCMM);
}

/* Remembers which kinds of objects were asked for. */
static size_t kinds[16];
static void *noting(void *ud, void *block, size_t old, size_t size) {
    (void)ud;
    if (block == NULL && size > 0 && old < 16) kinds[old]++;
    if (size == 0) return free(block), NULL;
    return realloc(block, size);
}
static void allocators(void) {
    check("allocators learn kinds of objects");
    lua_State *L = lua_newstate(noting, NULL);
    luaL_openlibs(L);
    memset(kinds, 0, sizeof kinds);
    lua_newtable(L), lua_newuserdata(L, 10), lua_newthread(L), lua_pushstring(L, "a string that nobody has made before"), lua_pushinteger(L, 1), lua_pushcclosure(L, wide_call, 1);
    printf("table %d userdata %d thread %d string %d function %d\n", kinds[LUA_TTABLE] > 0, kinds[LUA_TUSERDATA] > 0, kinds[LUA_TTHREAD] > 0, kinds[LUA_TSTRING] > 0, kinds[LUA_TFUNCTION] > 0);
    lua_close(L);
}

/* ---- libraries one by one */

static void libraries(void) {
    static const luaL_Reg all[] = {{"_G", luaopen_base}, {LUA_LOADLIBNAME, luaopen_package}, {LUA_COLIBNAME, luaopen_coroutine}, {LUA_TABLIBNAME, luaopen_table}, {LUA_IOLIBNAME, luaopen_io}, {LUA_OSLIBNAME, luaopen_os},
        {LUA_STRLIBNAME, luaopen_string}, {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_DBLIBNAME, luaopen_debug}, {LUA_BITLIBNAME, luaopen_bit32}};
    check("libraries one by one");
    for (int i = 0; i < 11; i++) {
        lua_State *L = luaL_newstate();
        luaL_requiref(L, all[i].name, all[i].func, 0);
        int n = 0;
        for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) n++;
        lua_getglobal(L, all[i].name);
        printf("%s %d fields, global %s\n", all[i].name, n, luaL_typename(L, -1));
        lua_close(L);
    }
    lua_State *L = luaL_newstate();
    for (int i = 0; i < 11; i++) luaL_requiref(L, all[i].name, all[i].func, 1), lua_pop(L, 1);
    printf("%d\n", luaL_dostring(L, "return #string.rep('x', 3), bit32.band(7, 2), utf8.len('abc')")), stack(L, "results");
    lua_close(L);
}

/* ---- files */

static int close_mine(lua_State *L) {
    luaL_Stream *p = luaL_checkudata(L, 1, LUA_FILEHANDLE);
    printf("closing mine, function %d\n", p->closef == NULL);
    fclose(p->f);
    return luaL_fileresult(L, 1, NULL);
}
static int open_mine(lua_State *L) {
    luaL_Stream *p = lua_newuserdata(L, sizeof *p);
    p->closef = NULL;
    luaL_setmetatable(L, LUA_FILEHANDLE);
    p->f = tmpfile();
    p->closef = lua_toboolean(L, 1) ? NULL : close_mine;
    return 1;
}
static void files(lua_State *L) {
    check("files that C hands out");
    lua_register(L, "open_mine", open_mine);
    run(L, "local f = open_mine() print(io.type(f), f:write('one\\n', 2, '\\n', 2.5, '\\n') == f, f:seek('set')) print(f:read('l', 'n', 'n', 'l', 'l')) f:seek('set') for l in f:lines('L') do io.write('[', l, ']') end print() print(f:close()) print(io.type(f), pcall(f.read, f), tostring(f))");
    run(L, "local f = open_mine(true) print(io.type(f), tostring(f), pcall(f.write, f, 'x'))");
    run(L, "io.output(open_mine()) io.write('by default') io.output():seek('set') io.input(io.output()) print(io.read('a')) io.output(io.stdout) print(io.close(io.input())) print(pcall(io.read))");
    run(L, "do local f = open_mine() end collectgarbage()");
    run(L, "local t = open_mine() t = getmetatable(t) print(t.__name, t.__index == t, type(t.__gc), type(t.__tostring))");
    luaL_Stream *p = (lua_getglobal(L, "io"), lua_getfield(L, -1, "stdout"), luaL_checkudata(L, -1, LUA_FILEHANDLE));
    printf("stdout %d closable %d\n", p->f == stdout, p->closef != NULL);
    lua_settop(L, 0);
}

/* ---- the rest */

static int panicking(lua_State *L) {
    printf("panic: %s\n", lua_tostring(L, -1));
    exit(0);
}
static int modes(lua_State *L, const char *text, size_t n, const char *mode) {
    int status = luaL_loadbufferx(L, text, n, "=name", mode);
    printf("%s: ", mode ? mode : "NULL"), outcome(L, "status", status);
    return status;
}
static void chunks(lua_State *L) {
    check("modes of loading");
    static const char *const all[] = {NULL, "b", "t", "bt", "", "x"};
    for (int i = 0; i < 6; i++) modes(L, "return 1", 8, all[i]), modes(L, "\x1bLua", 4, all[i]), modes(L, "return return", 13, all[i]);
    check("first upvalue of what was loaded");
    luaL_loadstring(L, "x = 5 return x"), printf("%s %d\n", lua_getupvalue(L, 1, 1), (lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS), lua_rawequal(L, -1, -2)));
    lua_settop(L, 1), lua_newtable(L), printf("%s ", lua_setupvalue(L, 1, 1)), lua_call(L, 0, 1), stack(L, "in a table"), lua_getglobal(L, "x"), stack(L, "global"), lua_settop(L, 0);
}

int main(void) {
    lua_State *L = new_state();
    user_values(L), rotations(L), arithmetic(L), arithmetic_errors(L), continuations(L), collector(L), allocators(), libraries(), files(L), chunks(L);
    lua_close(L);
    check("panic");
    L = luaL_newstate();
    printf("%d\n", lua_atpanic(L, panicking) != NULL);
    lua_pushstring(L, "nobody catches this"), lua_error(L);
    return 1;
}
