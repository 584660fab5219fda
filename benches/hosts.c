/*
 * A bank of small hosts, each doing what programs with a Lua inside do: it reads a configuration, exports a class, keeps
 * callbacks, walks through data, builds strings, resumes coroutines, catches errors, loads scripts into sandboxes. One line
 * each: a name and the nanoseconds (user time) per operation, the least of three turns.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"
#include "versions.h"

#if !SINCE(502)
#define luaL_setmetatable(L, name) (luaL_getmetatable(L, name), lua_setmetatable(L, -2))
#define lua_rawlen lua_objlen
#endif

static double now(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec * 1e9 + usage.ru_utime.tv_usec * 1e3;
}

static void must(lua_State *L, int status) {
    if (status != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(EXIT_FAILURE);
    }
}

static void run(lua_State *L, const char *script) { must(L, luaL_loadstring(L, script) || lua_pcall(L, 0, 0, 0)); }

/* What a host says at its end, so that nothing it does can be left out. */
static double proof;

/* ---- configuration: a script makes a table, the host reads it */

static double read_section(lua_State *L, int index) {
    static const char *const names[] = {"width", "height", "depth", "rate"};
    double sum = 0;
    for (int n = 0; n < 4; n++) {
        lua_getfield(L, index, names[n]);
        if (lua_isnumber(L, -1)) sum += lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    lua_getfield(L, index, "name");
    sum += strlen(luaL_checkstring(L, -1));
    lua_getfield(L, index, "visible");
    sum += lua_toboolean(L, -1);
    lua_pop(L, 2);
    return sum;
}

static void configuration(lua_State *L, int count) {
    run(L, "config = { window = { width = 80, height = 24, rate = 2.5, name = 'main', visible = true },"
           " pane = { width = 40, depth = 3, name = 'side', visible = false } }");
    for (int n = 0; n < count; n++) {
        lua_getglobal(L, "config");
        lua_getfield(L, -1, n % 2 ? "window" : "pane");
        proof += read_section(L, lua_gettop(L));
        lua_settop(L, 0);
    }
}

/* ---- a class: vectors of numbers as userdata */

typedef struct Vector {
    size_t size;
    double items[1];
} Vector;

static Vector *vector(lua_State *L, int arg) { return luaL_checkudata(L, arg, "host.vector"); }

static double *item(lua_State *L) {
    Vector *v = vector(L, 1);
    lua_Integer at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, at >= 1 && (size_t)at <= v->size, 2, "index out of range");
    return &v->items[at - 1];
}

static int vector_new(lua_State *L) {
    size_t size = (size_t)luaL_checkinteger(L, 1);
    Vector *v = lua_newuserdata(L, sizeof(Vector) + size * sizeof(double));
    v->size = size;
    memset(v->items, 0, size * sizeof(double));
    luaL_setmetatable(L, "host.vector");
    return 1;
}

static int vector_get(lua_State *L) { return lua_pushnumber(L, *item(L)), 1; }

static int vector_set(lua_State *L) { return *item(L) = luaL_checknumber(L, 3), 0; }

static int vector_size(lua_State *L) { return lua_pushinteger(L, (lua_Integer)vector(L, 1)->size), 1; }

static int vector_add(lua_State *L) {
    Vector *a = vector(L, 1), *b = vector(L, 2);
    Vector *sum = lua_newuserdata(L, sizeof(Vector) + a->size * sizeof(double));
    sum->size = a->size;
    for (size_t n = 0; n < a->size; n++) sum->items[n] = a->items[n] + b->items[n];
    luaL_setmetatable(L, "host.vector");
    return 1;
}

static void method(lua_State *L, const char *name, lua_CFunction f) {
    lua_pushcfunction(L, f);
    lua_setfield(L, -2, name);
}

static void class(lua_State *L, int count) {
    luaL_newmetatable(L, "host.vector");
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    method(L, "get", vector_get);
    method(L, "set", vector_set);
    method(L, "size", vector_size);
    method(L, "__add", vector_add);
    lua_pop(L, 1);
    lua_register(L, "vector", vector_new);
    must(L, luaL_loadstring(L, "local v, n = vector(8), ... "
                               "for i = 1, n / 4 do local at = i % 8 + 1 v:set(at, v:get(at) + i) "
                               "if i % 10 == 0 then v = v + v v = vector(v:size()) end end return v:get(3)"));
    lua_pushinteger(L, count);
    must(L, lua_pcall(L, 1, 1, 0));
    proof += lua_tonumber(L, -1);
    lua_pop(L, 1);
}

/* ---- callbacks: functions kept by reference, called with a few values */

static void callbacks(lua_State *L, int count) {
    int handlers[4];
    for (int n = 0; n < 4; n++) {
        must(L, luaL_dostring(L, "local seen = 0 return function(kind, x, y) seen = seen + 1 "
                                 "if kind == 'move' then return x + y, seen end return seen end"));
        handlers[n] = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    for (int n = 0; n < count; n++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, handlers[n % 4]);
        lua_pushstring(L, n % 3 ? "move" : "click");
        lua_pushinteger(L, n);
        lua_pushnumber(L, 0.5);
        must(L, lua_pcall(L, 3, 1, 0));
        proof += lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    for (int n = 0; n < 4; n++) luaL_unref(L, LUA_REGISTRYINDEX, handlers[n]);
}

/* ---- data: a table of records is filled and walked through by the host */

static void records(lua_State *L, int count) {
    const int size = 100;
    for (int round = 0; round < count / size; round++) {
        lua_createtable(L, size, 0);
        for (int n = 1; n <= size; n++) {
            lua_createtable(L, 0, 3);
            lua_pushinteger(L, n);
            lua_setfield(L, -2, "id");
            lua_pushnumber(L, n * 1.5);
            lua_setfield(L, -2, "price");
            lua_pushstring(L, "record");
            lua_setfield(L, -2, "kind");
            lua_rawseti(L, -2, n);
        }
        for (int n = 1; n <= (int)lua_rawlen(L, -1); n++) {
            lua_rawgeti(L, -1, n);
            for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
                if (lua_type(L, -1) == LUA_TNUMBER) proof += lua_tonumber(L, -1);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
}

/* ---- strings: a library function of the host that builds them */

static int quote(lua_State *L) {
    size_t len;
    const char *s = luaL_checklstring(L, 1, &len);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    luaL_addchar(&b, '"');
    for (size_t n = 0; n < len; n++) {
        if (s[n] == '"' || s[n] == '\\') luaL_addchar(&b, '\\');
        luaL_addchar(&b, s[n]);
    }
    luaL_addstring(&b, "\" ");
    lua_pushinteger(L, (lua_Integer)len);
    luaL_addvalue(&b);
    luaL_pushresult(&b);
    return 1;
}

static void strings(lua_State *L, int count) {
    lua_register(L, "quote", quote);
    must(L, luaL_loadstring(L, "local quote, n, total = quote, ..., 0 for i = 1, n do "
                               "total = total + #quote(i % 2 == 0 and 'plain words' or 'a \"quoted\" \\\\ string') end return total"));
    lua_pushinteger(L, count);
    must(L, lua_pcall(L, 1, 1, 0));
    proof += lua_tonumber(L, -1);
    lua_pop(L, 1);
}

/* ---- coroutines: a scheduler in C resumes scripts, which yield by a function of the host */

static int pause_script(lua_State *L) { return lua_yield(L, lua_gettop(L)); }

static int resume(lua_State *from, lua_State *L, int args) {
#if SINCE(504)
    int results;
    return lua_resume(L, from, args, &results);
#elif SINCE(502)
    return lua_resume(L, from, args);
#else
    (void)from;
    return lua_resume(L, args);
#endif
}

static void coroutines(lua_State *L, int count) {
    lua_register(L, "pause", pause_script);
    must(L, luaL_dostring(L, "return function(n) local sum = 0 while true do sum = sum + pause(sum, n) end end"));
    lua_State *scripts[4];
    for (int n = 0; n < 4; n++) {
        scripts[n] = lua_newthread(L);
        lua_pushvalue(L, 1);
        lua_xmove(L, scripts[n], 1);
        lua_pushinteger(scripts[n], n);
        if (resume(L, scripts[n], 1) != LUA_YIELD) exit(EXIT_FAILURE);
        lua_settop(scripts[n], 0);
    }
    for (int n = 0; n < count; n++) {
        lua_State *script = scripts[n % 4];
        lua_pushinteger(script, n % 7);
        if (resume(L, script, 1) != LUA_YIELD) exit(EXIT_FAILURE);
        proof += lua_tonumber(script, 1);
        lua_settop(script, 0);
    }
    lua_settop(L, 0);
}

/* ---- errors: scripts fail, a handler adds to the message */

static int handler(lua_State *L) {
    lua_pushliteral(L, "caught: ");
    lua_insert(L, 1);
    lua_concat(L, 2);
    return 1;
}

static void errors(lua_State *L, int count) {
    lua_pushcfunction(L, handler);
    must(L, luaL_dostring(L, "return function(n) if n % 2 == 0 then error('even') end local t = nil return t[n] end"));
    for (int n = 0; n < count; n++) {
        lua_pushvalue(L, 2);
        lua_pushinteger(L, n);
        if (lua_pcall(L, 1, 0, 1) == LUA_OK) exit(EXIT_FAILURE);
        proof += (double)lua_rawlen(L, -1);
        lua_pop(L, 1);
    }
    lua_settop(L, 0);
}

/* ---- sandboxes: a script is loaded into an environment of its own, run and dropped */

static void sandboxes(lua_State *L, int count) {
    const char *const script = "count = (count or 0) + 1\nfunction area(w, h) return w * h end\n"
                               "local list = {}\nfor i = 1, 5 do list[i] = area(i, count) end\nresult = #list";
    for (int n = 0; n < count; n++) {
        must(L, luaL_loadstring(L, script));
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_insert(L, 1);
#if SINCE(502)
        lua_setupvalue(L, -2, 1);
#else
        lua_setfenv(L, -2);
#endif
        must(L, lua_pcall(L, 0, 0, 0));
        lua_getfield(L, 1, "result");
        proof += lua_tonumber(L, -1);
        lua_settop(L, 0);
    }
}

/* ---- modules of functions with upvalues, which share a table */

static int count_call(lua_State *L) {
    lua_Integer n = lua_tointeger(L, lua_upvalueindex(1)) + 1;
    lua_pushinteger(L, n);
    lua_replace(L, lua_upvalueindex(1));
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushinteger(L, n);
    lua_rawseti(L, -2, (int)(n % 16) + 1);
    lua_pushinteger(L, n);
    return 1;
}

static void upvalues(lua_State *L, int count) {
    lua_pushinteger(L, 0);
    lua_newtable(L);
    lua_pushcclosure(L, count_call, 2);
    lua_setglobal(L, "count_call");
    must(L, luaL_loadstring(L, "local f, last = count_call for i = 1, ... do last = f(i) end return last"));
    lua_pushinteger(L, count);
    must(L, lua_pcall(L, 1, 1, 0));
    proof += lua_tonumber(L, -1);
    lua_pop(L, 1);
}

static void measure(const char *name, void (*host)(lua_State *, int), int count) {
    double least = 1e18;
    for (int turn = 0; turn < 3; turn++) {
        lua_State *L = luaL_newstate();
        luaL_openlibs(L);
        double begin = now();
        host(L, count);
        double took = (now() - begin) / count;
        if (took < least) least = took;
        lua_close(L);
    }
    printf("%s %.2f\n", name, least);
}

int main(void) {
    measure("configuration", configuration, 400000);
    measure("class", class, 2000000);
    measure("callbacks", callbacks, 1000000);
    measure("records", records, 300000);
    measure("strings", strings, 400000);
    measure("coroutines", coroutines, 1000000);
    measure("errors", errors, 200000);
    measure("sandboxes", sandboxes, 30000);
    measure("upvalues", upvalues, 2000000);
    fprintf(stderr, "%.0f\n", proof);
    return 0;
}
