/* A host with its own allocator: the state may use 256 KiB and not a byte more.
 *
 *   cc -o allocator allocator.c $(pkg-config --cflags --libs lua5.4)
 *   LD_LIBRARY_PATH=../dist/lib ./allocator
 *
 * Every byte of the state goes through `limited`, which is told exact sizes. When it refuses, the script gets "not
 * enough memory", which it can catch; the state goes on working, and closing it gives everything back.
 */

#include <stdio.h>
#include <stdlib.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

typedef struct Account {
    size_t used, limit;
} Account;

static void *limited(void *ud, void *block, size_t old, size_t size) {
    Account *account = ud;
    if (block == NULL) old = 0; /* then it is a type, not a size */
    if (size > old && account->used + (size - old) > account->limit) return NULL;
    if (size == 0) {
        free(block);
        account->used -= old;
        return NULL;
    }
    void *moved = realloc(block, size);
    if (moved != NULL) account->used += size - old;
    return moved;
}

int main(void) {
    static const char script[] =
        "local ok, message = pcall(string.rep, 'x', 1000000)\n"
        "print(ok, message)\n"
        "local t = {}\n"
        "ok, message = pcall(function() for i = 1, 1e9 do t[i] = { i } end end)\n"
        "print(ok, message, #t > 500)\n"
        "t = nil\n"
        "collectgarbage()\n"
        "print(pcall(string.rep, 'still alive ', 2))\n";
    Account account = { 0, 256 * 1024 };
#if LUA_VERSION_NUM >= 505
    lua_State *L = lua_newstate(limited, &account, luaL_makeseed(NULL));
#else
    lua_State *L = lua_newstate(limited, &account);
#endif
    if (L == NULL) return 1;
    luaL_openlibs(L);
    if (luaL_dostring(L, script)) fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_close(L);
    printf("bytes left after closing: %zu\n", account.used);
    return account.used != 0;
}
