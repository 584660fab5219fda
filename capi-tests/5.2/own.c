/* What only 5.2's API has, or with other parameters: contexts, unsigned numbers, libraries that register themselves. */

#define LUA_COMPAT_ALL
#include "../common.h"

static int continued(lua_State *L) {
    int context = -1;
    int status = lua_getctx(L, &context);
    printf("continuation: status %d, context %d, top %d\n", status, context, lua_gettop(L));
    return lua_gettop(L);
}

static int calls(lua_State *L) {
    int context = 77;
    printf("first: %d %d\n", lua_getctx(L, &context), context);
    lua_settop(L, 1);
    lua_callk(L, 0, LUA_MULTRET, 5, continued);
    puts("returned at once");
    return continued(L);
}

static int protected_call(lua_State *L) {
    lua_settop(L, 1);
    int status = lua_pcallk(L, 0, LUA_MULTRET, 0, -6, continued);
    printf("returned at once: %d\n", status);
    return continued(L);
}

static int yields(lua_State *L) {
    return lua_yieldk(L, lua_gettop(L), 9, continued);
}

static int yields_twice_again(lua_State *L) {
    int context = 0;
    int status = lua_getctx(L, &context);
    if (status == LUA_YIELD && context == 3)
        return lua_gettop(L);
    return lua_yieldk(L, lua_gettop(L), context + 1, yields_twice_again);
}

static void contexts(lua_State *L) {
    check("contexts without yields");
    lua_register(L, "calls", calls), lua_register(L, "protected", protected_call), lua_register(L, "yields", yields);
    lua_register(L, "several", yields_twice_again);
    run(L, "print(calls(function() return 1, 2 end))");
    run(L, "print(protected(function() return 1, 2 end)) print(protected(function() error('inside', 0) end))");
    check("contexts with yields");
    run(L, "local co = coroutine.wrap(function() return 'end', calls(function() return coroutine.yield(1) end) end) print(co()) print(co('back'))");
    run(L, "local co = coroutine.wrap(function() return 'end', protected(function() return coroutine.yield(1) end) end) print(co()) print(co('back'))");
    run(L, "local co = coroutine.wrap(function() return 'end', protected(function() coroutine.yield(1) error('later', 0) end) end) print(co()) print(co('back'))");
    run(L, "local co = coroutine.wrap(function() return 'end', yields(1, 2) end) print(co()) print(co('a', 'b'))");
    run(L, "local co = coroutine.wrap(function() return several(1) end) print(co()) print(co(2)) print(co(3)) print(co(4))");
    check("yields outside");
    run(L, "print(pcall(yields, 1)) print(pcall(calls, coroutine.yield))");
}

static void unsigned_numbers(lua_State *L) {
    check("unsigned numbers");
    lua_pushunsigned(L, 4294967295u), lua_pushunsigned(L, 0), lua_pushunsigned(L, 0x80000000u), stack(L, "pushed");
    lua_settop(L, 0);
    static const double numbers[] = {-1, 4294967296.0, 4294967295.0, 1.5, 2.5, -0.5, 1e10, -1e10, 9007199254740992.0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int is = 9;
        lua_pushnumber(L, numbers[i]);
        printf("%u ", lua_tounsignedx(L, -1, &is));
        printf("%d %d ", is, lua_tounsigned(L, -1) == lua_tounsignedx(L, -1, NULL));
        printf("%ld\n", (long)lua_tointeger(L, -1));
    }
    lua_settop(L, 0);
    int is = 9;
    lua_pushliteral(L, "0x10"), lua_pushliteral(L, "x"), lua_newtable(L);
    printf("%u %d ", lua_tounsignedx(L, 1, &is), is);
    printf("%u %d ", lua_tounsignedx(L, 2, &is), is);
    printf("%u %d ", lua_tounsignedx(L, 3, &is), is);
    printf("%u %d\n", lua_tounsignedx(L, 9, &is), is);
    lua_settop(L, 0);
    check("integers");
    static const double more[] = {1.9, -1.9, 1e18, 1e19, -1e19, 0.0 / 1};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        lua_pushnumber(L, more[i]);
        printf("%ld %d\n", (long)lua_tointegerx(L, -1, &is), is);
    }
    lua_settop(L, 0);
}

static int checked(lua_State *L) {
    printf("%u %u %ld %d\n", luaL_checkunsigned(L, 1), luaL_optunsigned(L, 2, 7), luaL_optlong(L, 3, -8), luaL_optint(L, 4, 9));
    return 0;
}

static void arguments(lua_State *L) {
    check("checked arguments");
    lua_register(L, "checked", checked);
    run(L, "checked(-1) checked('5', 2^32 + 1, 3.9, -3.9) print(pcall(function() checked() end)) print(pcall(function() checked {} end)) print(pcall(function() checked(1, 'x') end))");
}

static void arithmetic(lua_State *L) {
    check("operators");
    for (int op = LUA_OPADD; op <= LUA_OPPOW; op++) {
        lua_pushnumber(L, 7), lua_pushnumber(L, 2), lua_arith(L, op);
        show(L, -1), putchar(' ');
    }
    lua_pushliteral(L, "12"), lua_arith(L, LUA_OPUNM), show(L, -1), putchar('\n');
    lua_settop(L, 0);
    lua_pushnumber(L, 1), lua_pushliteral(L, "a"), lua_pushliteral(L, "b");
    printf("%d %d %d %d\n", lua_compare(L, 2, 3, LUA_OPLT), lua_compare(L, 1, 1, LUA_OPEQ), lua_compare(L, 3, 2, LUA_OPLE), lua_compare(L, 1, 9, LUA_OPEQ));
    lua_settop(L, 0);
    lua_pushliteral(L, "abc"), lua_len(L, 1), stack(L, "len");
    printf("%d %d\n", luaL_len(L, 1), (int)lua_rawlen(L, 1));
    lua_settop(L, 0);
}

static void values(lua_State *L) {
    static int key;
    check("user values and pointers as keys");
    lua_newuserdata(L, 10), lua_getuservalue(L, 1), stack(L, "none");
    lua_settop(L, 1);
    lua_newtable(L), lua_pushnumber(L, 5), lua_setfield(L, -2, "five"), lua_setuservalue(L, 1);
    lua_gc(L, LUA_GCCOLLECT, 0);
    lua_getuservalue(L, 1), lua_getfield(L, -1, "five"), show(L, -1), putchar('\n');
    lua_settop(L, 1), lua_pushnil(L), lua_setuservalue(L, 1), lua_getuservalue(L, 1), stack(L, "again");
    lua_settop(L, 0);
    lua_pushliteral(L, "by pointer"), lua_rawsetp(L, LUA_REGISTRYINDEX, &key), lua_rawgetp(L, LUA_REGISTRYINDEX, &key), stack(L, "pointer");
    lua_settop(L, 0);
    check("moving values");
    for (int i = 1; i <= 5; i++) lua_pushinteger(L, i);
    lua_insert(L, 2), lua_remove(L, 1), lua_replace(L, 1), lua_copy(L, 1, 2), stack(L, "moved");
    lua_settop(L, 0);
    lua_newtable(L), lua_pushliteral(L, "v"), lua_rawseti(L, 1, -3), lua_rawgeti(L, 1, -3), stack(L, "negative index");
    lua_settop(L, 0);
}

static int one(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

static void libraries(lua_State *L) {
    static const luaL_Reg functions[] = {{"one", one}, {"two", one}, {NULL, NULL}};
    check("libraries that register themselves");
    lua_pushliteral(L, "shared"), luaL_openlib(L, "my.lib", functions, 1), stack(L, "openlib");
    lua_settop(L, 0);
    luaL_register(L, "string", functions), lua_settop(L, 0);
    luaL_pushmodule(L, "my.lib", 5), lua_getfield(L, -1, "one"), stack(L, "module"), lua_settop(L, 0);
    lua_newtable(L), lua_pushliteral(L, "up"), luaL_openlib(L, NULL, functions, 1), stack(L, "no name");
    lua_pushliteral(L, "popped"), luaL_openlib(L, NULL, NULL, 1), stack(L, "no list"), lua_settop(L, 0);
    run(L, "print(my.lib.one(), package.loaded['my.lib'] == my.lib, string.two(), string.rep('x', 2))");
    run(L, "conflict = 5");
    lua_pushcfunction(L, NULL == NULL ? one : one), lua_settop(L, 0);
    luaL_newlib(L, functions), lua_getfield(L, -1, "two"), printf("%d\n", lua_iscfunction(L, -1)), lua_settop(L, 0);
    check("subtables and requiref");
    printf("%d ", luaL_getsubtable(L, LUA_REGISTRYINDEX, "sub")), printf("%d\n", luaL_getsubtable(L, LUA_REGISTRYINDEX, "sub"));
    lua_settop(L, 0);
    luaL_requiref(L, "bits", luaopen_bit32, 1), stack(L, "requiref"), lua_settop(L, 0);
    run(L, "print(bits.band(7, 2), package.loaded.bits == bits)");
}

static int in_conflict(lua_State *L) {
    luaL_pushmodule(L, "conflict.sub", 0);
    return 0;
}

static void hook(lua_State *L, lua_Debug *ar) {
    (void)L, (void)ar;
}

static const char *no_reader(lua_State *L, void *ud, size_t *size) {
    const char **left = ud;
    const char *piece = *left;
    (void)L;
    *left = NULL;
    *size = piece ? strlen(piece) : 0;
    return piece;
}

static int writer(lua_State *L, const void *p, size_t size, void *ud) {
    (void)L, (void)p;
    *(size_t *)ud += size;
    return 0;
}

static void rest(lua_State *L) {
    check("name conflicts");
    lua_pushcfunction(L, in_conflict), printf("%d ", lua_pcall(L, 0, 0, 0)), stack(L, "conflict"), lua_settop(L, 0);
    check("versions");
    printf("%.0f %.0f %d\n", *lua_version(L), *lua_version(NULL), lua_version(L) == lua_version(NULL));
    luaL_checkversion(L);
    check("hooks");
    printf("%d %d", lua_sethook(L, hook, LUA_MASKCOUNT, 100), lua_gethookcount(L));
    printf(" %d %d %d\n", lua_gethook(L) == hook, lua_sethook(L, NULL, 0, 0), lua_gethook(L) == NULL);
    check("collector");
    printf("%d %d ", lua_gc(L, LUA_GCSTOP, 0), lua_gc(L, LUA_GCISRUNNING, 0));
    printf("%d %d ", lua_gc(L, LUA_GCRESTART, 0), lua_gc(L, LUA_GCISRUNNING, 0));
    printf("%d %d %d ", lua_gc(L, LUA_GCCOLLECT, 0), lua_gc(L, LUA_GCCOUNT, 0) > 0, lua_gc(L, LUA_GCCOUNTB, 0) < 1024);
    printf("%d\n", lua_gc(L, 99, 0));
    check("loading and dumping");
    const char *text = "return 6 * 7, ...";
    printf("%d ", lua_load(L, no_reader, &text, "=text", "t")), lua_pushnumber(L, 1);
    printf("%d ", lua_pcall(L, 1, LUA_MULTRET, 0)), stack(L, "loaded"), lua_settop(L, 0);
    text = "return 1";
    printf("%d ", lua_load(L, no_reader, &text, "=text", "b")), stack(L, "mode"), lua_settop(L, 0);
    size_t size = 0;
    luaL_loadstring(L, "return 1");
    printf("%d %d\n", lua_dump(L, writer, &size, 0), size > 12);
    lua_settop(L, 0);
    printf("%d ", luaL_loadbufferx(L, "x=", 2, "=x", NULL)), stack(L, "syntax"), lua_settop(L, 0);
    printf("%d %d ", luaL_loadfilex(L, "/nonexistent", NULL), LUA_ERRFILE), stack(L, "file"), lua_settop(L, 0);
    check("names from 5.1");
    lua_pushliteral(L, "abc"), lua_pushliteral(L, "abd");
    printf("%d %d %d %d\n", (int)lua_strlen(L, 1), (int)lua_objlen(L, 2), lua_equal(L, 1, 2), lua_lessthan(L, 1, 2));
    lua_settop(L, 0);
    printf("%d ", lua_cpcall(L, one, NULL)), stack(L, "cpcall"), lua_settop(L, 0);
    check("text of values");
    lua_pushnumber(L, 1e15), lua_pushnumber(L, 2), lua_pushboolean(L, 1), lua_pushnil(L);
    for (int i = 1; i <= 4; i++) printf("%s ", luaL_tolstring(L, i, NULL)), lua_pop(L, 1);
    lua_pushfstring(L, "%s %d %f %c %% %p", "s", 5, 2.5, 'c', NULL), puts(lua_tostring(L, -1));
    lua_settop(L, 0);
    luaL_traceback(L, L, "message", 0), puts(lua_tostring(L, -1)), lua_settop(L, 0);
    luaL_where(L, 0), luaL_gsub(L, "a.b.c", ".", "::"), stack(L, "gsub"), lua_settop(L, 0);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    contexts(L), unsigned_numbers(L), arguments(L), arithmetic(L), values(L), libraries(L), rest(L);
    lua_close(L);
    return 0;
}
