/* The stack: indices, pushing, moving, types, conversions. */

#include <stdarg.h>

#include "common.h"

#if LUA_VERSION_NUM < 505
extern const char lua_ident[];
#endif

static int nothing(lua_State *L) {
    (void)L;
    return 0;
}

static void indices(lua_State *L) {
    check("indices and moves");
    for (int i = 1; i <= 5; i++) lua_pushinteger(L, i * 10);
    printf("top %d\n", lua_gettop(L));
#if LUA_VERSION_NUM >= 502
    printf("abs %d %d %d\n", lua_absindex(L, -1), lua_absindex(L, 2), lua_absindex(L, LUA_REGISTRYINDEX) == LUA_REGISTRYINDEX);
#endif
#if LUA_VERSION_NUM >= 503
    lua_rotate(L, 1, 2), stack(L, "rotate 1 2");
    lua_rotate(L, 2, -1), stack(L, "rotate 2 -1");
    lua_rotate(L, -3, 1), stack(L, "rotate -3 1");
#endif
    lua_insert(L, 1), stack(L, "insert");
    lua_remove(L, 2), stack(L, "remove");
    lua_pushvalue(L, -2), stack(L, "pushvalue");
    lua_replace(L, 1), stack(L, "replace");
#if LUA_VERSION_NUM >= 502
    lua_copy(L, 1, 3), stack(L, "copy");
#endif
    lua_settop(L, 7), stack(L, "settop 7");
    lua_settop(L, -4), stack(L, "settop -4");
    lua_pop(L, 2), stack(L, "pop");
    lua_settop(L, 0), stack(L, "empty");
}

static void room(lua_State *L) {
    check("checkstack");
    printf("%d %d\n", lua_checkstack(L, 100), lua_checkstack(L, 5000));
    printf("%d\n", lua_checkstack(L, 10000000));
    for (int i = 0; i < 5000; i++) lua_pushinteger(L, i);
    printf("%d %lld\n", lua_gettop(L), (long long)lua_tointeger(L, 4321));
    lua_settop(L, 0);
}

static void types(lua_State *L) {
    check("types");
    lua_pushnil(L);
    lua_pushboolean(L, 1);
    lua_pushboolean(L, 0);
    lua_pushinteger(L, -7);
    lua_pushnumber(L, 2.5);
    lua_pushnumber(L, 8.0);
    lua_pushstring(L, "12");
    lua_pushstring(L, "0x1p4");
    lua_pushstring(L, "text");
    lua_pushlstring(L, "a\0b", 3);
    lua_pushstring(L, NULL);
    lua_newtable(L);
    lua_pushcfunction(L, nothing);
    luaL_loadstring(L, "return 1");
    lua_pushlightuserdata(L, L);
    lua_newuserdatauv(L, 8, 1);
    lua_pushthread(L);
    lua_pushnumber(L, 1e100);
    lua_pushstring(L, "");
    for (int i = 1; i <= lua_gettop(L) + 1; i++) {
        int isint, isnum;
        lua_Integer n = lua_tointegerx(L, i, &isint);
        lua_Number x = lua_tonumberx(L, i, &isnum);
        printf("%d %s num%d str%d cfn%d int%d ud%d bool%d fn%d tab%d lud%d nil%d thr%d none%d non%d ", lua_type(L, i), luaL_typename(L, i),
               lua_isnumber(L, i), lua_isstring(L, i), lua_iscfunction(L, i), lua_isinteger(L, i), lua_isuserdata(L, i),
               lua_isboolean(L, i), lua_isfunction(L, i), lua_istable(L, i), lua_islightuserdata(L, i), lua_isnil(L, i),
               lua_isthread(L, i), lua_isnone(L, i), lua_isnoneornil(L, i));
        printf("toint %lld/%d tonum %.14g/%d tobool %d len %llu cf %d th %d ud %d ptr %d\n", (long long)n, isint, x, isnum, lua_toboolean(L, i),
               (unsigned long long)lua_rawlen(L, i), lua_tocfunction(L, i) == nothing, lua_tothread(L, i) == L, lua_touserdata(L, i) != NULL,
               lua_topointer(L, i) != NULL);
    }
    lua_settop(L, 0);
}

static const char *format(lua_State *L, const char *pattern, ...) {
    va_list arguments;
    va_start(arguments, pattern);
    const char *text = lua_pushvfstring(L, pattern, arguments);
    va_end(arguments);
    return text;
}

static void strings(lua_State *L) {
    check("tolstring converts in place");
    size_t n;
    lua_pushinteger(L, 42);
    lua_pushnumber(L, 42);
    lua_pushnumber(L, -0.0);
    lua_pushboolean(L, 1);
    for (int i = 1; i <= 4; i++) {
        const char *s = lua_tolstring(L, i, &n);
        printf("%s %d %s\n", s ? s : "NULL", s ? (int)n : -1, luaL_typename(L, i));
    }
    n = 77;
    printf("%d %d\n", lua_tolstring(L, 10, &n) == NULL, (int)n);
    lua_settop(L, 0);
    check("pushvfstring");
    printf("%s\n", format(L, "%s-%d-%%-%c", "text", 12, 'c'));
    lua_settop(L, 0);
    check("pushfstring");
#if LUA_VERSION_NUM >= 503
    lua_pushfstring(L, "%s %d %I %f %c %U %% %p", "str", -5, (LUAI_UACINT)1234567890123, 1.5, 'x', 8364L, (void *)0);
#else
    lua_pushfstring(L, "%s %d %f %c %% %p", "str", -5, 1.5, 'x', (void *)0);
#endif
    lua_pushfstring(L, "%s|%s", NULL, "");
    lua_pushfstring(L, "plain");
    lua_pushfstring(L, "%f %f %f", 1.0, 1e100, 0.1);
    char big[3000];
    memset(big, 'y', sizeof big - 1);
    big[sizeof big - 1] = 0;
    const char *r = lua_pushfstring(L, "<%s-%d>", big, 9);
    printf("%d %s\n", (int)strlen(r), r + 2990);
    lua_pop(L, 1);
    stack(L, "strings");
    lua_settop(L, 0);
#if LUA_VERSION_NUM >= 502
    printf("%s\n", lua_pushliteral(L, "literal"));
    printf("%s\n", lua_pushstring(L, "copied"));
    printf("%d\n", lua_pushstring(L, NULL) == NULL);
    printf("[%s]\n", lua_pushlstring(L, "x", 0));
    lua_settop(L, 0);
#endif
#if LUA_VERSION_NUM >= 503
    check("stringtonumber");
    const char *texts[] = {"10", "0x10", "1e1", " 5 ", "5x", "", "3.0", "99999999999999999999", "nan"};
    for (int i = 0; i < 9; i++) {
        size_t size = lua_stringtonumber(L, texts[i]);
        printf("%s -> %d ", texts[i], (int)size);
        if (size) show(L, -1);
        putchar('\n');
        lua_settop(L, 0);
    }
#endif
}

#if LUA_VERSION_NUM >= 502
#if LUA_VERSION_NUM >= 503
#define LAST_OPERATOR LUA_OPBNOT
#define LAST_OF_FLOATS LUA_OPIDIV
#else
#define LAST_OPERATOR LUA_OPUNM
#define LAST_OF_FLOATS LUA_OPPOW
#define LUA_OPBNOT -1
#endif
static void operators(lua_State *L) {
    check("arith");
    for (int op = LUA_OPADD; op <= LAST_OPERATOR; op++) {
        lua_pushinteger(L, 7);
        if (op != LUA_OPUNM && op != LUA_OPBNOT) lua_pushinteger(L, 2);
        lua_arith(L, op);
    }
    stack(L, "integers");
    lua_settop(L, 0);
    for (int op = LUA_OPADD; op <= LAST_OF_FLOATS; op++) {
        lua_pushnumber(L, 7.5);
        lua_pushinteger(L, 2);
        lua_arith(L, op);
    }
    stack(L, "floats");
    lua_settop(L, 0);
    lua_pushstring(L, "10"), lua_pushinteger(L, 5), lua_arith(L, LUA_OPADD), stack(L, "string");
    lua_settop(L, 0);
    run(L, "return setmetatable({}, {__add = function(a, b) return 'added' end, __unm = function() return 'negated' end, __concat = function() return 'joined' end, __len = function() return 5 end, __lt = function() return true end, __le = function() return false end, __eq = function() return true end})");
    lua_pushvalue(L, 1), lua_pushinteger(L, 1), lua_arith(L, LUA_OPADD), lua_pushvalue(L, 1), lua_arith(L, LUA_OPUNM);
    lua_pushvalue(L, 1), lua_pushstring(L, "x"), lua_concat(L, 2);
    lua_len(L, 1);
    stack(L, "metamethods");
    printf("luaL_len %d\n", (int)luaL_len(L, 1));
    check("compare");
    lua_settop(L, 1);
    lua_pushinteger(L, 1), lua_pushnumber(L, 1.0), lua_pushstring(L, "a"), lua_pushstring(L, "b"), lua_newtable(L);
    for (int op = LUA_OPEQ; op <= LUA_OPLE; op++) {
        printf("%d %d %d %d %d ", lua_compare(L, 2, 3, op), lua_compare(L, 4, 5, op), lua_compare(L, 5, 4, op), lua_compare(L, 1, 6, op), lua_compare(L, 2, 99, op));
        printf("%d\n", lua_compare(L, 2, 2, op));
    }
    lua_settop(L, 0);
}
#else
static void operators(lua_State *L) {
    check("compare");
    run(L, "local mt = {__eq = function() return true end, __lt = function() return true end} return setmetatable({}, mt), setmetatable({}, mt)");
    lua_pushinteger(L, 1), lua_pushnumber(L, 1.0), lua_pushstring(L, "a"), lua_pushstring(L, "b"), lua_newtable(L);
    printf("%d %d %d %d %d\n", lua_equal(L, 1, 2), lua_equal(L, 3, 4), lua_equal(L, 5, 6), lua_equal(L, 1, 7), lua_equal(L, 1, 50));
    printf("%d %d %d %d %d\n", lua_lessthan(L, 1, 2), lua_lessthan(L, 3, 4), lua_lessthan(L, 5, 6), lua_lessthan(L, 6, 5), lua_lessthan(L, 3, 50));
    lua_settop(L, 0);
}
#endif

static void raw_equality_and_concat(lua_State *L) {
    check("rawequal");
    lua_newtable(L), lua_pushinteger(L, 1), lua_pushnumber(L, 1.0), lua_newtable(L);
    printf("%d %d %d %d\n", lua_rawequal(L, 2, 3), lua_rawequal(L, 1, 1), lua_rawequal(L, 1, 4), lua_rawequal(L, 1, 50));
    lua_settop(L, 0);
    check("concat");
    lua_concat(L, 0), stack(L, "none");
    lua_concat(L, 1), stack(L, "one");
    lua_pushinteger(L, 1), lua_pushnumber(L, 2.5), lua_pushstring(L, "z"), lua_concat(L, 4), stack(L, "four");
    for (int i = 0; i < 100; i++) lua_pushfstring(L, "%d,", i);
    lua_concat(L, 101);
    printf("%d %s\n", (int)lua_rawlen(L, -1), lua_tostring(L, -1) + 270);
    lua_settop(L, 0);
}

static void threads(lua_State *L) {
    check("xmove and pushthread");
    lua_State *other = lua_newthread(L);
    printf("%d %d\n", lua_pushthread(L), lua_pushthread(other));
    lua_settop(other, 0), lua_settop(L, 1);
    lua_pushinteger(L, 1), lua_pushstring(L, "two"), lua_newtable(L);
    lua_xmove(L, other, 2);
    stack(L, "from"), stack(other, "to");
    lua_xmove(other, L, 1);
    stack(L, "from"), stack(other, "to");
    lua_settop(L, 0);
    check("version and misc");
#if LUA_VERSION_NUM >= 504
    printf("%.0f %s\n", lua_version(L), LUA_VERSION);
#elif LUA_VERSION_NUM >= 502
    printf("%.0f %.0f %s\n", *lua_version(L), *lua_version(NULL), LUA_VERSION);
#endif
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    printf("%.13s\n", lua_ident);
    printf("%s %s %s\n", lua_typename(L, LUA_TNONE), lua_typename(L, LUA_TLIGHTUSERDATA), lua_typename(L, LUA_TTHREAD));
#ifdef lua_numbertointeger
    lua_Integer n;
    printf("%d\n", lua_numbertointeger(3.0, &n));
#endif
    printf("%d %d\n", lua_upvalueindex(1) < LUA_REGISTRYINDEX, lua_upvalueindex(2) - lua_upvalueindex(1));
}

static int closure(lua_State *L) {
    stack(L, "args");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, lua_upvalueindex(2));
    printf("%d %d %s\n", lua_isnone(L, lua_upvalueindex(3)), lua_type(L, lua_upvalueindex(255)), luaL_typename(L, lua_upvalueindex(2)));
    lua_pushinteger(L, lua_tointeger(L, lua_upvalueindex(1)) + 1);
    lua_replace(L, lua_upvalueindex(1));
    return 2;
}

static void closures(lua_State *L) {
    check("C closures");
    lua_pushinteger(L, 100), lua_pushstring(L, "up");
    lua_pushcclosure(L, closure, 2);
    for (int i = 0; i < 3; i++) {
        lua_pushvalue(L, 1);
        lua_pushboolean(L, i);
        lua_call(L, 1, LUA_MULTRET);
        stack(L, "results");
        lua_settop(L, 1);
    }
    lua_settop(L, 0);
    for (int i = 0; i < 255; i++) lua_pushinteger(L, i);
    lua_pushcclosure(L, nothing, 255);
    printf("%s %d\n", lua_getupvalue(L, 1, 255), (int)lua_tointeger(L, -1));
    lua_settop(L, 0);
}

int main(void) {
    lua_State *L = new_state();
    indices(L), room(L), types(L), strings(L), operators(L), raw_equality_and_concat(L), threads(L), closures(L);
    lua_close(L);
    return 0;
}
