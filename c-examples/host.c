/* A host: a small thermostat whose rules are a Lua script.
 *
 * The host gives the script two functions and a table of readings, calls the script's `decide` for each reading, and shows
 * what came out, errors with a traceback included. Nothing in it knows which Lua library it runs on, and it compiles for
 * every version from 5.1 to 5.5.
 *
 * As a replacement: compiled against the system's headers and library, then started with ours:
 *
 *   cc -o host host.c $(pkg-config --cflags --libs lua5.4)
 *   ./host thermostat.lua                                # the system's library
 *   LD_LIBRARY_PATH=../dist/lib ./host thermostat.lua    # relua
 */

#include <stdio.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* The file that the dynamic linker found liblua in: tells one library from another. */
static void show_library(void) {
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps)) {
        char path[400];
        if (sscanf(line, "%*s %*s %*s %*s %*s %399[^\n]", path) == 1) {
            const char *p = path;
            for (; *p; p++) {
                if (p[0] == 'l' && p[1] == 'i' && p[2] == 'b' && p[3] == 'l' && p[4] == 'u' && p[5] == 'a') {
                    printf("library: %s\n", path);
                    fclose(maps);
                    return;
                }
            }
        }
    }
    if (maps) fclose(maps);
    printf("library: linked into the program\n");
}

static int host_log(lua_State *L) {
    printf("  script says: %s\n", luaL_checkstring(L, 1));
    return 0;
}

static int host_switch(lua_State *L) {
    static const char *const states[] = { "off", "heat", "cool", NULL };
    int state = luaL_checkoption(L, 1, NULL, states);
    lua_pushfstring(L, "switched to '%s'", states[state]);
    return 1;
}

/* Pushes the function that adds a traceback to error messages. */
static void push_traceback(lua_State *L) {
    lua_getglobal(L, "debug");
    lua_getfield(L, -1, "traceback");
    lua_remove(L, -2);
}

static void decide(lua_State *L, int handler, double degrees) {
    lua_getglobal(L, "decide");
    lua_pushnumber(L, degrees);
    printf("%.1f degrees: ", degrees);
    fflush(stdout);
    if (lua_pcall(L, 1, 1, handler) == 0)
        printf("%s\n", lua_tostring(L, -1));
    else
        printf("error\n%s\n", lua_tostring(L, -1));
    lua_pop(L, 1);
}

int main(int argc, char **argv) {
    static const double readings[] = { 12.5, 21, 29.75, -300 };
    lua_State *L = luaL_newstate();
    if (L == NULL) return 1;
    show_library();
    luaL_openlibs(L);
    lua_register(L, "log", host_log);
    lua_register(L, "switch", host_switch);
    push_traceback(L);
    if (luaL_dofile(L, argc > 1 ? argv[1] : "thermostat.lua")) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        lua_close(L);
        return 1;
    }
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) decide(L, 1, readings[i]);
    lua_close(L);
    return 0;
}
