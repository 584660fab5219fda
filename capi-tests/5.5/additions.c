/* What only 5.5 has: seeds, selected libraries, external strings, parameters of the collector, threads that close themselves. */

#include "common.h"

static int freed;

/* Frees an external string, and counts. */
static void *release(void *ud, void *block, size_t old, size_t size) {
    printf("free %s %zu %zu\n", (const char *)ud, old, size);
    freed++;
    free(block);
    return NULL;
}

static char *copy_of(const char *text) {
    return strcpy(malloc(strlen(text) + 1), text);
}

static void states(void) {
    check("states");
    lua_State *L = lua_newstate(luaL_alloc, NULL, 42);
    printf("%d %d\n", L != NULL, luaL_makeseed(L) == luaL_makeseed(L));
    stack(L, "empty");
    printf("%d", lua_rawgeti(L, LUA_REGISTRYINDEX, 1)), stack(L, " first"), lua_settop(L, 0);
    printf("%d ", lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS)), printf("%d\n", lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD));
    printf("%d %d\n", lua_tothread(L, -1) == L, LUA_REGISTRYINDEX), lua_settop(L, 0);
    for (int i = 0; i < 4; i++) lua_pushinteger(L, i), printf("ref %d ", luaL_ref(L, LUA_REGISTRYINDEX));
    luaL_unref(L, LUA_REGISTRYINDEX, 5), luaL_unref(L, LUA_REGISTRYINDEX, 4);
    for (int i = 0; i < 3; i++) lua_pushinteger(L, i), printf("again %d ", luaL_ref(L, LUA_REGISTRYINDEX));
    lua_newtable(L);
    for (int i = 0; i < 3; i++) lua_pushinteger(L, i), printf("own %d ", luaL_ref(L, 1));
    lua_pushnil(L), printf("nil %d\n", luaL_ref(L, 1));
    lua_close(L);
    void *block = luaL_alloc(NULL, NULL, LUA_TTABLE, 10);
    block = luaL_alloc(NULL, block, 10, 20);
    printf("%d %d\n", block != NULL, luaL_alloc(NULL, block, 20, 0) == NULL);
}

static void libraries(void) {
    check("selected libraries");
    lua_State *L = luaL_newstate();
    luaL_openselectedlibs(L, LUA_GLIBK | LUA_STRLIBK, LUA_TABLIBK | LUA_MATHLIBK | LUA_STRLIBK);
    stack(L, "top");
    const char *names[] = {"print", "string", "table", "math", "io", "utf8"};
    for (int i = 0; i < 6; i++) printf("%s %s ", names[i], lua_typename(L, lua_getglobal(L, names[i]))), lua_pop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    for (int i = 1; i < 6; i++) printf("%s ", lua_typename(L, lua_getfield(L, -1, names[i]))), lua_pop(L, 1);
    printf("%d\n", lua_gettop(L)), lua_settop(L, 0);
    luaL_openselectedlibs(L, LUA_LOADLIBK, 0);
    printf("%d ", luaL_dostring(L, "return require 'table' == table, table == nil, require('math').pi > 3")), stack(L, "required");
    lua_settop(L, 0), luaL_openlibs(L), printf("%d\n", luaL_dostring(L, "return io, utf8, debug")), printf("%d\n", lua_gettop(L));
    lua_close(L);
}

static void strings(lua_State *L) {
    static const char fixed[] = "a string that lies in the program itself, not on any heap";
    check("external strings");
    const char *text = "this one is long enough to stay where the host has put it";
    char *mine = copy_of(text);
    printf("%d ", lua_pushexternalstring(L, mine, strlen(mine), release, "long") == mine);
    printf("%d %d\n", lua_tostring(L, -1) == mine, freed);
    lua_pushstring(L, text), printf("equal %d %d\n", lua_rawequal(L, -1, -2), lua_compare(L, -1, -2, LUA_OPEQ));
    lua_newtable(L), lua_pushvalue(L, 1), lua_pushinteger(L, 7), lua_settable(L, -3);
    lua_pushvalue(L, 2), lua_gettable(L, -2), stack(L, "as a key") , lua_settop(L, 1);
    printf("length %d %d\n", (int)lua_rawlen(L, 1), (int)luaL_len(L, 1));
    lua_setglobal(L, "s"), luaL_dostring(L, "return s:upper(), #s, s == s .. '', s:sub(1, 8), load('return ' .. ('%q'):format(s))() == s"), stack(L, "used");
    lua_settop(L, 0), lua_pushnil(L), lua_setglobal(L, "s"), lua_gc(L, LUA_GCCOLLECT), lua_gc(L, LUA_GCCOLLECT);
    printf("freed %d\n", freed);
    printf("%d ", lua_pushexternalstring(L, fixed, sizeof fixed - 1, NULL, NULL) == fixed), stack(L, "fixed"), lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT);
    check("short external strings");
    for (size_t n = 0; n < 42; n += 8) {
        char *s = copy_of("12345678901234567890123456789012345678901234567890");
        s[n] = 0;
        lua_pushexternalstring(L, s, n, NULL, NULL), lua_pushlstring(L, s, n);
        printf("%d %d ", (int)n, lua_rawequal(L, -1, -2)), lua_settop(L, 0);
    }
    lua_gc(L, LUA_GCCOLLECT), puts("");
    check("short external strings stay as long as they are used");
    freed = 0;
    for (int n = 0; n <= 40; n += 20) {
        char *s = copy_of("1234567890123456789012345678901234567890");
        s[n] = 0;
        printf("%d ", lua_pushexternalstring(L, s, (size_t)n, release, "short") == s);
        lua_gc(L, LUA_GCCOLLECT);
        printf("%d %s|%s ", freed, s, lua_tostring(L, -1)), puts("");
        lua_settop(L, 0), lua_gc(L, LUA_GCCOLLECT), lua_gc(L, LUA_GCCOLLECT);
    }
    printf("freed %d\n", freed);
    for (int i = 0; i < 20; i++) lua_pushexternalstring(L, copy_of("the same short text"), 19, release, "same"), lua_pop(L, 1);
    lua_gc(L, LUA_GCCOLLECT), printf("freed %d\n", freed);
    lua_gc(L, LUA_GCGEN);
    for (int i = 0; i < 20; i++) lua_pushexternalstring(L, copy_of("young short text"), 16, release, "young"), lua_pop(L, 1), lua_gc(L, LUA_GCSTEP, 0);
    lua_gc(L, LUA_GCINC), lua_gc(L, LUA_GCCOLLECT), printf("freed %d\n", freed);
    check("external strings left behind");
    char *last = copy_of("this one is still there when the state is closed, and is freed then");
    lua_pushexternalstring(L, last, strlen(last), release, "last"), lua_setglobal(L, "kept");
}

static void numbers(lua_State *L) {
    check("numbers to text");
    char text[LUA_N2SBUFFSZ];
    lua_Number floats[] = {0.0, -0.0, 1.0, 0.1, 1.0 / 3, 1e15, 1e16, 123456789012345678.0, 5e-324, 1.7976931348623157e308, 1e100, -2.5};
    for (int i = 0; i < 12; i++) lua_pushnumber(L, floats[i]), printf("%u ", lua_numbertocstring(L, -1, text)), puts(text);
    lua_pushinteger(L, LUA_MININTEGER), printf("%u ", lua_numbertocstring(L, -1, text)), puts(text);
    lua_pushliteral(L, "10"), printf("%u\n", lua_numbertocstring(L, -1, text));
    lua_settop(L, 0);
    lua_pushfstring(L, "%f %I %d %p", 0.1, (LUAI_UACINT)LUA_MAXINTEGER, -3, NULL), stack(L, "formatted"), lua_settop(L, 0);
}

/* Counts what it is given, and fails at call 'fail_at'. */
static struct { int calls, ends, fail_at; size_t size; } written;
static int count_writes(lua_State *L, const void *piece, size_t size, void *data) {
    (void)L, (void)data;
    written.calls++;
    if (piece == NULL && size == 0) written.ends++;
    else if (written.ends > 0) printf("data behind the end ");
    written.size += size;
    return written.calls == written.fail_at ? 33 : 0;
}

static void dumping(lua_State *L) {
    check("the writer is told the end");
    luaL_loadstring(L, "local a = ... return function() return a, 'text' end");
    for (int strip = 0; strip <= 1; strip++) {
        written.calls = written.ends = written.fail_at = 0;
        printf("%d ", lua_dump(L, count_writes, NULL, strip)), printf("%d %d\n", written.ends, lua_gettop(L));
        int last = written.calls;
        written.calls = written.ends = 0, written.fail_at = last;
        printf("%d ", lua_dump(L, count_writes, NULL, strip)), printf("%d\n", written.ends);
        written.calls = written.ends = 0, written.fail_at = 1;
        printf("%d ", lua_dump(L, count_writes, NULL, strip)), printf("%d %d\n", written.ends, written.calls);
    }
    lua_settop(L, 0);
    check("strings are dumped once");
    luaL_dostring(L, "local once = ('x'):rep(2000) local code = 'local a = \"' .. once .. '\" return {function() return \"' .. once .. '\" end, function() return \"' .. once .. '\" end, a}' return load(code, '=name')");
    written.size = 0, written.fail_at = 0;
    lua_dump(L, count_writes, NULL, 0), printf("%d ", written.size < 3000 && written.size > 2000);
    lua_settop(L, 0);
    luaL_dostring(L, "local function f() local s = 'a string of the function' return s, 'a string of the function', function() return s, 'a string of the function' end end local g = load(string.dump(f)) local a, b, h = g() local c, d = h() return a == b and b == c and c == d, a"), stack(L, "read back");
    lua_settop(L, 0);
}

static void collector(lua_State *L) {
    check("parameters of the collector");
    for (int p = 0; p < LUA_GCPN; p++) printf("%d ", lua_gc(L, LUA_GCPARAM, p, -1));
    puts("");
    int values[] = {0, 1, 12, 100, 101, 250, 999, 10000, 1000000, 100000000, 2000000000};
    for (int i = 0; i < 11; i++) lua_gc(L, LUA_GCPARAM, LUA_GCPPAUSE, values[i]), printf("%d ", lua_gc(L, LUA_GCPARAM, LUA_GCPPAUSE, -1));
    printf("\n%d ", lua_gc(L, LUA_GCPARAM, LUA_GCPPAUSE, 250)), printf("%d\n", lua_gc(L, LUA_GCPARAM, LUA_GCPPAUSE, -1));
    printf("%d ", lua_gc(L, LUA_GCGEN) == LUA_GCINC), printf("%d ", lua_gc(L, LUA_GCGEN) == LUA_GCGEN), printf("%d\n", lua_gc(L, LUA_GCINC) == LUA_GCGEN);
    printf("%d ", lua_gc(L, LUA_GCSTOP)), printf("%d ", lua_gc(L, LUA_GCISRUNNING)), printf("%d ", lua_gc(L, LUA_GCRESTART)), printf("%d %d\n", lua_gc(L, LUA_GCISRUNNING), lua_gc(L, 77));
}

static int close_self(lua_State *L) {
    printf("closing\n");
    lua_closethread(L, L);
    printf("never\n");
    return 0;
}

static void threads(lua_State *L) {
    check("a thread closes itself");
    int results;
    lua_State *co = lua_newthread(L);
    luaL_loadstring(co, "local x <close> = setmetatable({}, {__close = function(_, e) print('closed', e) end}) pcall(...) print 'not here'");
    lua_pushcfunction(co, close_self);
    printf("%d ", lua_resume(co, L, 1, &results)), printf("%d %d %d\n", results, lua_status(co), lua_gettop(co));
    luaL_loadstring(co, "local x <close> = setmetatable({}, {__close = function(_, e) error('in close', 0) end}); (...)()");
    lua_pushcfunction(co, close_self);
    printf("%d ", lua_resume(co, L, 1, &results)), printf("%d %d\n", lua_status(co), lua_gettop(co) > 0), show(co, -1), puts("");
    printf("%d", lua_closethread(co, L)), printf(" %d\n", lua_gettop(co));
    lua_settop(L, 0);
}

static int told(lua_State *L) {
    lua_Debug ar;
    lua_getstack(L, 0, &ar), lua_getinfo(L, "t", &ar);
    printf("extra %d tail %d arguments %d\n", ar.extraargs, ar.istailcall, lua_gettop(L));
    return 0;
}

static int choosy(lua_State *L) {
    luaL_checkinteger(L, 1), luaL_checkinteger(L, 2), luaL_checkinteger(L, 3);
    return 0;
}

static void calls(lua_State *L) {
    check("calls through objects");
    lua_register(L, "told", told), lua_register(L, "choosy", choosy);
    int status = luaL_dostring(L,
        "local function object(f) return setmetatable({}, {__call = f}) end\n"
        "told(1) object(told)(1) object(object(told))(1, 2)\n"
        "local chain = told for i = 1, 15 do chain = object(chain) end chain()\n"
        "print(pcall(object(chain)))\n"
        "local function tail(f) return f(1) end tail(told) tail(object(told))\n"
        "print(pcall(object(choosy), 1, 2)) print(pcall(choosy, 1, 'x'))\n"
        "local o = object(choosy) local ok, message = pcall(function() o(1, 2) end) print(message)\n"
        "local function lua(...) return debug.getinfo(1, 't').extraargs, select('#', ...) end print(object(object(lua))(5)) print(lua(5))");
    outcome(L, "done", status);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    states();
    libraries();
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    numbers(L);
    dumping(L);
    collector(L);
    threads(L);
    calls(L);
    strings(L);
    lua_close(L);
    printf("freed %d\n", freed);
    return 0;
}
