/*
 * The stand-alone compiler: translates source files into precompiled chunks, checks and lists them.
 *
 * An ordinary client of the library, which compiles (luaL_loadfile) and writes (lua_dump); only the listing, the
 * joining of several files and the removal of debug information look into a chunk, and these live in listing.c,
 * joining.c, stripping.c and sharing.c. Options, messages and exit codes are those of the stock compiler of the same version
 * (luac(1)).
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lua.h>
#include <lauxlib.h>

#include "joining.h"
#include "listing.h"
#include "sharing.h"
#include "stripping.h"
#include "versions.h"

#define DEFAULT_OUTPUT "luac.out"

static const char *program = "luac";

/* What the command line asks for. */
static struct {
    int list;           /* how often -l was given */
    int write;          /* unless -p */
    int strip;          /* -s */
    const char *output; /* -o; NULL is the standard output */
    char **files;
    int file_count;
} task = {0, 1, 0, DEFAULT_OUTPUT, NULL, 0};

static void fail(const char *message) {
    fprintf(stderr, "%s: %s\n", program, message);
    exit(EXIT_FAILURE);
}

/* Tells what the system would not do with the output file. */
static void fail_output(const char *action) {
    fprintf(stderr, "%s: cannot %s %s: %s\n", program, action, task.output, strerror(errno));
    exit(EXIT_FAILURE);
}

#if SINCE(502)
#define USAGE \
    "usage: %s [options] [filenames]\n" \
    "Available options are:\n" \
    "  -l       list (use -l -l for full listing)\n" \
    "  -o name  output to file 'name' (default is \"%s\")\n" \
    "  -p       parse only\n" \
    "  -s       strip debug information\n" \
    "  -v       show version information\n" \
    "  --       stop handling options\n" \
    "  -        stop handling options and process stdin\n"
#else
#define USAGE \
    "usage: %s [options] [filenames].\n" \
    "Available options are:\n" \
    "  -        process stdin\n" \
    "  -l       list\n" \
    "  -o name  output to file 'name' (default is \"%s\")\n" \
    "  -p       parse only\n" \
    "  -s       strip debug information\n" \
    "  -v       show version information\n" \
    "  --       stop handling options\n"
#endif

/* 'message' is a sentence, or an option that nobody knows. */
static void explain_usage(const char *message) {
    if (message[0] == '-') fprintf(stderr, "%s: unrecognized option '%s'\n", program, message);
    else fprintf(stderr, "%s: %s\n", program, message);
    fprintf(stderr, USAGE, program, DEFAULT_OUTPUT);
    exit(EXIT_FAILURE);
}

/* Fills in 'task'. Asked for nothing but its version, the program says it and ends here. */
static void read_options(int argc, char **argv) {
    static char default_file[] = DEFAULT_OUTPUT;
    static char *default_files[] = {default_file};
    int i, words_of_version = 0;
    if (argc > 0 && argv[0][0] != '\0') program = argv[0];
    for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        const char *word = argv[i];
        if (strcmp(word, "--") == 0) {
            i++;
            if (words_of_version > 0) words_of_version++;
            break;
        } else if (strcmp(word, "-l") == 0) task.list++;
        else if (strcmp(word, "-p") == 0) task.write = 0;
        else if (strcmp(word, "-s") == 0) task.strip = 1;
        else if (strcmp(word, "-v") == 0) words_of_version++;
        else if (strcmp(word, "-o") == 0) {
            const char *name = argv[++i];
            if (name == NULL || name[0] == '\0' || (SINCE(502) && name[0] == '-' && name[1] != '\0'))
                explain_usage("'-o' needs argument");
            task.output = strcmp(name, "-") == 0 ? NULL : name;
        } else explain_usage(word);
    }
    task.files = argv + i;
    task.file_count = argc - i;
    if (task.file_count == 0 && (task.list > 0 || !task.write)) { /* look at what an earlier run has made */
        task.write = 0;
        task.files = default_files;
        task.file_count = 1;
    }
    if (words_of_version > 0) {
        puts(SINCE(502) ? LUA_COPYRIGHT : LUA_RELEASE "  " LUA_COPYRIGHT);
        if (words_of_version == argc - 1) exit(EXIT_SUCCESS);
    }
    if (task.file_count <= 0) explain_usage("no input files given");
}

/* A lua_Writer that appends to the 'struct bytes' at 'target'. */
static int append(lua_State *L, const void *piece, size_t size, void *target) {
    struct bytes *bytes = target;
    (void)L;
    if (size > bytes->room - bytes->size) {
        size_t room = 2 * bytes->room + size;
        unsigned char *larger = realloc(bytes->start, room);
        if (larger == NULL) return 1;
        bytes->start = larger;
        bytes->room = room;
    }
    if (size > 0) memcpy(bytes->start + bytes->size, piece, size);
    bytes->size += size;
    return 0;
}

static void dump(lua_State *L, struct bytes *chunk) {
#if SINCE(503)
    int trouble = lua_dump(L, append, chunk, 0);
#else
    int trouble = lua_dump(L, append, chunk);
#endif
    if (trouble != 0) fail("not enough memory");
    const char *message = unshare_strings(chunk);
    if (message != NULL) fail(message);
}

/* The chunk of all the functions on the stack: the only one's, or one that calls each in turn. */
static struct bytes precompile(lua_State *L) {
    struct bytes *parts = calloc((size_t)task.file_count + 1, sizeof *parts);
    if (parts == NULL) fail("not enough memory");
    for (int i = 0; i < task.file_count; i++) {
        lua_pushvalue(L, i - task.file_count);
        dump(L, &parts[i]);
        lua_pop(L, 1);
    }
    struct bytes whole = parts[0];
    if (task.file_count > 1) {
        struct bytes *frame = &parts[task.file_count];
        luaL_Buffer source;
        luaL_buffinit(L, &source);
        for (int i = 0; i < task.file_count; i++) luaL_addstring(&source, "(function()end)();");
        luaL_pushresult(&source);
        luaL_loadbuffer(L, lua_tostring(L, -1), lua_rawlen(L, -1), "=(luac)");
        dump(L, frame);
        lua_pop(L, 2);
        const char *trouble = join_chunks(*frame, parts, task.file_count, &whole);
        if (trouble != NULL) fail(trouble);
        for (int i = 0; i <= task.file_count; i++) free(parts[i].start);
    }
    free(parts);
    return whole;
}

static void write_chunk(struct bytes chunk) {
    FILE *file = task.output == NULL ? stdout : fopen(task.output, "wb");
    if (file == NULL) fail_output("open");
    if (fwrite(chunk.start, 1, chunk.size, file) != chunk.size) fail_output("write");
    if (fclose(file) != 0) fail_output("close");
}

/* Everything, in a protected call. */
static int run(lua_State *L) {
    if (!lua_checkstack(L, task.file_count)) fail("too many input files");
    for (int i = 0; i < task.file_count; i++) {
        const char *name = strcmp(task.files[i], "-") == 0 ? NULL : task.files[i];
        if (luaL_loadfile(L, name) != LUA_OK) fail(lua_tostring(L, -1));
    }
    struct bytes chunk = precompile(L);
    const char *trouble = NULL;
    if (task.list > 0) trouble = list_chunk(chunk.start, chunk.size, task.list > 1);
    if (trouble == NULL && task.write && task.strip) trouble = strip_chunk(&chunk);
    if (trouble != NULL) fail(trouble);
    if (task.write) write_chunk(chunk);
    free(chunk.start);
    return 0;
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    lua_State *L = luaL_newstate();
    if (L == NULL) fail(SINCE(502) ? "cannot create state: not enough memory" : "not enough memory for state");
    lua_pushcfunction(L, run);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) fail(lua_tostring(L, -1));
    lua_close(L);
    return EXIT_SUCCESS;
}
