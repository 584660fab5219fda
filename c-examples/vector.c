/* A module in C: `require "vector"` gives vectors of floats with methods and operators.
 *
 *   cc -shared -fPIC -o vector.so vector.c $(pkg-config --cflags lua5.4)
 *   LUA_CPATH='./?.so' ../dist/bin/lua5.4 use-vector.lua
 *
 * Like every module it is linked to no library: the program that loads it has one.
 */

#include <math.h>

#include <lauxlib.h>
#include <lua.h>

#define VECTOR "example.vector"

#if LUA_VERSION_NUM == 501 /* what has had other names since */
#define lua_rawlen lua_objlen
#define luaL_setfuncs(L, functions, upvalues) luaL_register(L, NULL, functions)
#endif

typedef struct Vector {
    lua_Integer n;
    lua_Number at[];
} Vector;

static Vector *create(lua_State *L, lua_Integer n) {
    Vector *v = lua_newuserdata(L, sizeof(Vector) + (size_t)n * sizeof(lua_Number));
    v->n = n;
    luaL_getmetatable(L, VECTOR);
    lua_setmetatable(L, -2);
    return v;
}

static Vector *check(lua_State *L, int arg) { return luaL_checkudata(L, arg, VECTOR); }

static int vector_new(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
    Vector *v = create(L, n);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (int)i + 1);
        v->at[i] = luaL_checknumber(L, -1);
        lua_pop(L, 1);
    }
    return 1;
}

static int vector_add(lua_State *L) {
    Vector *a = check(L, 1), *b = check(L, 2);
    luaL_argcheck(L, a->n == b->n, 2, "vectors of different lengths");
    Vector *sum = create(L, a->n);
    for (lua_Integer i = 0; i < a->n; i++) sum->at[i] = a->at[i] + b->at[i];
    return 1;
}

static int vector_norm(lua_State *L) {
    Vector *v = check(L, 1);
    lua_Number square = 0;
    for (lua_Integer i = 0; i < v->n; i++) square += v->at[i] * v->at[i];
    lua_pushnumber(L, sqrt(square));
    return 1;
}

#if LUA_VERSION_NUM >= 503
/* Calls a function for each element; it may yield: the loop goes on in the continuation. */
static int each_continue(lua_State *L, int status, lua_KContext i) {
    Vector *v = check(L, 1);
    (void)status;
    while (i < v->n) {
        lua_pushvalue(L, 2);
        lua_pushnumber(L, v->at[i]);
        i++;
        lua_callk(L, 1, 0, i, each_continue);
    }
    return 0;
}

static int vector_each(lua_State *L) {
    check(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    return each_continue(L, LUA_OK, 0);
}
#endif

static int vector_len(lua_State *L) {
    lua_pushinteger(L, check(L, 1)->n);
    return 1;
}

static int vector_tostring(lua_State *L) {
    Vector *v = check(L, 1);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    luaL_addchar(&b, '(');
    for (lua_Integer i = 0; i < v->n; i++) {
        if (i > 0) luaL_addstring(&b, ", ");
        lua_pushnumber(L, v->at[i]);
        luaL_addvalue(&b);
    }
    luaL_addchar(&b, ')');
    luaL_pushresult(&b);
    return 1;
}

static const luaL_Reg methods[] = {
    { "norm", vector_norm },
#if LUA_VERSION_NUM >= 503
    { "each", vector_each },
#endif
    { NULL, NULL },
};

static const luaL_Reg metamethods[] = {
    { "__add", vector_add }, { "__len", vector_len }, { "__tostring", vector_tostring }, { NULL, NULL },
};

int luaopen_vector(lua_State *L) {
    luaL_newmetatable(L, VECTOR);
    luaL_setfuncs(L, metamethods, 0);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    lua_pushcfunction(L, vector_new);
    return 1;
}
