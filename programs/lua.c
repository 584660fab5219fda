/*
 * The stand-alone interpreter: runs scripts and lines of Lua, from files, the command line or a terminal.
 *
 * An ordinary client of the library: it uses only what lua.h, lauxlib.h and lualib.h declare, so it can be
 * compiled against stock headers and linked with a stock library as well (that is how the reference
 * interpreter of the tests is made). Options, messages, exit codes and the 'arg' table are those of the
 * stock interpreter of the same version (lua(1)).
 *
 * Invariant: everything that can raise an error runs below 'run', which lua_pcall protects.
 */

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

#include "versions.h"

#define INIT_VARIABLE "LUA_INIT"
#if SINCE(502)
#define INIT_VARIABLE_OF_VERSION INIT_VARIABLE "_" LUA_VERSION_MAJOR "_" LUA_VERSION_MINOR
#endif

/* How the stock interpreters of the versions behave differently. */
enum {
    EXPLAINS_BAD_OPTION = SINCE(502),    /* says which option it does not understand */
    OPTION_IS_NO_ARGUMENT = SINCE(502),  /* what follows -e or -l may not begin with '-' */
    ENVIRONMENT_FIRST = !SINCE(502),     /* runs LUA_INIT before it looks at the command line */
    ARG_WITHOUT_SCRIPT = SINCE(503),     /* sets the global 'arg' in any case, and passes what it holds then */
    NIL_ERRORS_ARE_SILENT = !SINCE(503), /* says nothing of an error whose object is nil */
    ERRORS_COLLECT = !SINCE(503),        /* collects all garbage after an error */
    TRIES_EXPRESSIONS = SINCE(503),      /* a line typed in may be an expression whose values are shown */
    EQUALS_MEANS_RETURN = !SINCE(505),   /* a line typed in may begin with '=' */
    LIBRARY_IS_GLOBAL = SINCE(502),      /* -l puts what it has loaded into a global variable */
    LIBRARY_HAS_NAME = SINCE(504)        /* -l name=module */
};

/* What stands before messages; NULL inside the interactive mode, where it would only be noise. */
static const char *program = "lua";

static void complain(const char *message) {
    if (program != NULL) fprintf(stderr, "%s: ", program);
    fprintf(stderr, "%s\n", message);
    fflush(stderr);
}

static void say_version(void) {
#if SINCE(502)
    puts(LUA_COPYRIGHT);
    fflush(stdout);
#else
    fputs(LUA_RELEASE "  " LUA_COPYRIGHT "\n", stderr);
#endif
}

/* ---- the command line ------------------------------------------------------------------------------- */

/* What the options ask for. 'script' is the index in argv of the first word that is no option: 0 if there
   is none, -1 if argv is empty. 'bad' is the option that cannot be understood, or NULL. */
struct command {
    int script;
    int interactive, version, statements, no_environment;
    const char *bad;
};

/* The letters that take an argument, either glued to them or in the next word. */
static int wants_argument(char letter) {
    return letter == 'e' || letter == 'l';
}

/* The letters that stand alone; nothing may be glued to them, except that 5.2 does not mind it behind -E. */
#if SINCE(504)
#define PLAIN_LETTERS "-ivEW"
#elif SINCE(502)
#define PLAIN_LETTERS "-ivE"
#else
#define PLAIN_LETTERS "-iv"
#endif

static int is_bad_word(const char *word) {
    if (strchr(PLAIN_LETTERS, word[1]) == NULL) return 1;
    return word[2] != '\0' && !(LUA_VERSION_NUM == 502 && word[1] == 'E');
}

/* Which word the message about a bad one names: 5.2 confuses one with letters glued to it with the first. */
static const char *blamed_word(char **argv, const char *word) {
    return LUA_VERSION_NUM == 502 && strchr(PLAIN_LETTERS, word[1]) != NULL ? argv[1] : word;
}

static struct command read_options(char **argv) {
    struct command command = {0};
    if (argv[0] == NULL) {
        command.script = -1;
        return command;
    }
    for (int i = 1; argv[i] != NULL; i++) {
        const char *word = argv[i];
        char letter = word[0] == '-' ? word[1] : '\0';
        if (letter == '\0') { /* a script, or '-' for the standard input */
            command.script = i;
            return command;
        }
        if (wants_argument(letter)) {
            if (letter == 'e') command.statements = 1;
            if (word[2] == '\0') {
                const char *argument = argv[++i];
                if (argument == NULL || (OPTION_IS_NO_ARGUMENT && argument[0] == '-')) command.bad = word;
            }
        } else if (is_bad_word(word)) {
            command.bad = blamed_word(argv, word);
        } else if (letter == '-') { /* '--': what follows is a script whatever it looks like */
            command.script = argv[i + 1] != NULL ? i + 1 : 0;
            return command;
        } else if (letter == 'E') {
            command.no_environment = 1;
        } else if (letter != 'W') {
            command.version = 1;
            if (letter == 'i') command.interactive = 1;
        }
        if (command.bad != NULL) return command;
    }
    return command;
}

#if SINCE(504)
#define USAGE "usage: %s [options] [script [args]]\n" OPTION_LIST
#define OPTION_LIST \
    "Available options are:\n" \
    "  -e stat   execute string 'stat'\n" \
    "  -i        enter interactive mode after executing 'script'\n" \
    "  -l mod    require library 'mod' into global 'mod'\n" \
    "  -l g=mod  require library 'mod' into global 'g'\n" \
    "  -v        show version information\n" \
    "  -E        ignore environment variables\n" \
    "  -W        turn warnings on\n" \
    "  --        stop handling options\n" \
    "  -         stop handling options and execute stdin\n"
#elif SINCE(502)
#define USAGE "usage: %s [options] [script [args]]\n" OPTION_LIST
#if SINCE(503)
#define INTO_GLOBAL " into global 'name'"
#else
#define INTO_GLOBAL ""
#endif
#define OPTION_LIST \
    "Available options are:\n" \
    "  -e stat  execute string 'stat'\n" \
    "  -i       enter interactive mode after executing 'script'\n" \
    "  -l name  require library 'name'" INTO_GLOBAL "\n" \
    "  -v       show version information\n" \
    "  -E       ignore environment variables\n" \
    "  --       stop handling options\n" \
    "  -        stop handling options and execute stdin\n"
#else
#define USAGE "usage: %s [options] [script [args]].\n" OPTION_LIST
#define OPTION_LIST \
    "Available options are:\n" \
    "  -e stat  execute string 'stat'\n" \
    "  -l name  require library 'name'\n" \
    "  -i       enter interactive mode after executing 'script'\n" \
    "  -v       show version information\n" \
    "  --       stop handling options\n" \
    "  -        execute stdin and stop handling options\n"
#endif

static void explain_usage(const char *bad) {
    if (EXPLAINS_BAD_OPTION) {
        if (wants_argument(bad[1])) fprintf(stderr, "%s: '%s' needs argument\n", program, bad);
        else fprintf(stderr, "%s: unrecognized option '%s'\n", program, bad);
    }
    fprintf(stderr, USAGE, program);
    fflush(stderr);
}

/* Sets the global 'arg': the script's name at 0, its arguments above, what came before it below. */
static void publish_arguments(lua_State *L, char **argv, int argc, int script) {
    lua_createtable(L, argc - (script + 1), script + 1);
    for (int i = 0; i < argc; i++) {
        lua_pushstring(L, argv[i]);
        lua_rawseti(L, -2, i - script);
    }
    lua_setglobal(L, "arg");
}

/* ---- protected calls, interrupts, reports ----------------------------------------------------------- */

/* The state that an interrupt stops: the signal handler has no other way to learn of it. */
static lua_State *interruptible;

static void on_signal(int number, void (*action)(int)) {
    struct sigaction how;
    memset(&how, 0, sizeof how);
    how.sa_handler = action;
    sigemptyset(&how.sa_mask);
    sigaction(number, &how, NULL);
}

static void stop_here(lua_State *L, lua_Debug *where) {
    (void)where;
    lua_sethook(L, NULL, 0, 0);
    luaL_error(L, "interrupted!");
}

/* A signal may come at any moment, when the state can bear nothing but the setting of a hook: that hook
   raises the error at the next instruction. A second signal, should that never come, ends the process. */
static void interrupt(int number) {
    on_signal(number, SIG_DFL);
    lua_sethook(interruptible, stop_here, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* Message handler: turns an error object into text with a traceback, as far as the version does. */
#if SINCE(503)
static int describe_error(lua_State *L) {
    const char *message = lua_tostring(L, 1);
    if (message == NULL) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING) return 1;
        message = lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    }
    luaL_traceback(L, L, message, 1);
    return 1;
}
#elif SINCE(502)
static int describe_error(lua_State *L) {
    const char *message = lua_tostring(L, 1);
    if (message != NULL) luaL_traceback(L, L, message, 1);
    else if (!lua_isnoneornil(L, 1) && !luaL_callmeta(L, 1, "__tostring")) lua_pushliteral(L, "(no error message)");
    return 1;
}
#else
static int describe_error(lua_State *L) {
    if (!lua_isstring(L, 1)) return 1;
    lua_getglobal(L, "debug");
    if (!lua_istable(L, -1)) return 1;
    lua_getfield(L, -1, "traceback");
    if (!lua_isfunction(L, -1)) {
        lua_settop(L, 1);
        return 1;
    }
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 2); /* neither this function nor 'traceback' */
    lua_call(L, 2, 1);
    return 1;
}
#endif

/* Calls the function under its 'arguments' on the stack; returns the status, leaves results or message. */
static int call(lua_State *L, int arguments, int results) {
    int function = lua_gettop(L) - arguments;
    lua_pushcfunction(L, describe_error);
    lua_insert(L, function);
    interruptible = L;
    on_signal(SIGINT, interrupt);
    int status = lua_pcall(L, arguments, results, function);
    on_signal(SIGINT, SIG_DFL);
    lua_remove(L, function);
    if (ERRORS_COLLECT && status != LUA_OK) lua_gc(L, LUA_GCCOLLECT, 0);
    return status;
}

#if SINCE(504)
#define NO_MESSAGE "(error message not a string)"
#elif SINCE(503)
#define NO_MESSAGE "(null)"
#else
#define NO_MESSAGE "(error object is not a string)"
#endif

/* If 'status' tells of an error, prints and pops its message. Returns whether all was well. */
static int succeeded(lua_State *L, int status) {
    if (status == LUA_OK) return 1;
    if (NIL_ERRORS_ARE_SILENT && lua_isnil(L, -1)) return 0;
    const char *message = lua_tostring(L, -1);
    complain(message != NULL ? message : NO_MESSAGE);
    lua_pop(L, 1);
    return 0;
}

/* Runs the chunk that a load with this status has left. */
static int run_loaded(lua_State *L, int status) {
    if (status == LUA_OK) status = call(L, 0, 0);
    return succeeded(L, status);
}

static int run_file(lua_State *L, const char *name) {
    return run_loaded(L, luaL_loadfile(L, name));
}

static int run_text(lua_State *L, const char *text, const char *chunk_name) {
    return run_loaded(L, luaL_loadbuffer(L, text, strlen(text), chunk_name));
}

/* ---- what happens before the script ------------------------------------------------------------------ */

static int run_environment(lua_State *L) {
    const char *chunk_name = "=" INIT_VARIABLE;
    const char *text = getenv(INIT_VARIABLE);
#ifdef INIT_VARIABLE_OF_VERSION
    const char *preferred = getenv(INIT_VARIABLE_OF_VERSION);
    if (preferred != NULL) {
        chunk_name = "=" INIT_VARIABLE_OF_VERSION;
        text = preferred;
    }
#endif
    if (text == NULL) return 1;
    return text[0] == '@' ? run_file(L, text + 1) : run_text(L, text, chunk_name);
}

/* '-l mod' and, in later versions, '-l name=mod': requires a module into a global. Without a name of its own the
   global is called like the module, less what follows its '-' (a version mark). Modifies 'word'. */
static int require_library(lua_State *L, char *word) {
    char *module = LIBRARY_HAS_NAME ? strchr(word, '=') : NULL;
    char *mark = NULL;
    if (module != NULL) *module++ = '\0';
    else {
        module = word;
        if (LIBRARY_HAS_NAME) mark = strchr(word, '-');
    }
    lua_getglobal(L, "require");
    lua_pushstring(L, module);
    int status = call(L, 1, LIBRARY_IS_GLOBAL ? 1 : 0);
    if (status == LUA_OK && LIBRARY_IS_GLOBAL) {
        if (mark != NULL) *mark = '\0';
        lua_setglobal(L, word);
    }
    return succeeded(L, status);
}

static void switch_warnings(lua_State *L, const char *message) {
#if SINCE(504)
    lua_warning(L, message, 0);
#else
    (void)L, (void)message;
#endif
}

/* Carries out -e, -l and -W in the order given; 'limit' is where the options end. */
static int run_options(lua_State *L, char **argv, int limit) {
    if (SINCE(505)) switch_warnings(L, "@off"); /* the library itself begins with warnings turned on */
    for (int i = 1; i < limit; i++) {
        char letter = argv[i][1];
        if (letter == 'W') switch_warnings(L, "@on");
        if (!wants_argument(letter)) continue;
        char *argument = argv[i][2] != '\0' ? argv[i] + 2 : argv[++i];
        int fine = letter == 'e' ? run_text(L, argument, "=(command line)") : require_library(L, argument);
        if (!fine) return 0;
    }
    return 1;
}

/* Pushes the arguments of the script, and returns how many. They are arg[1] to arg[#arg], which an option or the
   loading of the script may have changed; earlier versions made that table only now and took them from 'argv'. */
#if SINCE(503)
static int push_arguments(lua_State *L, char **argv, int first) {
    (void)argv, (void)first;
    if (lua_getglobal(L, "arg") != LUA_TTABLE) luaL_error(L, "'arg' is not a table");
    int table = lua_gettop(L);
    int count = (int)luaL_len(L, table);
    luaL_checkstack(L, count + 3, "too many arguments to script");
    for (int i = 1; i <= count; i++) lua_rawgeti(L, table, i);
    lua_remove(L, table);
    return count;
}
#else
static int push_arguments(lua_State *L, char **argv, int first) {
    int count = 0;
    while (argv[first + count] != NULL) count++;
    luaL_checkstack(L, count + 3, "too many arguments to script");
    for (int i = 0; i < count; i++) lua_pushstring(L, argv[first + i]);
    return count;
}
#endif

static int run_script(lua_State *L, char **argv, int argc, int script) {
    const char *name = argv[script];
    if (strcmp(name, "-") == 0 && strcmp(argv[script - 1], "--") != 0) name = NULL; /* standard input */
    if (!ARG_WITHOUT_SCRIPT) publish_arguments(L, argv, argc, script);
    int status = luaL_loadfile(L, name);
    if (status == LUA_OK) status = call(L, push_arguments(L, argv, script + 1), LUA_MULTRET);
    return succeeded(L, status);
}

/* ---- the interactive mode ---------------------------------------------------------------------------- */

#define LINE_LIMIT 512 /* bytes that are read at once where there is no line editor */

/* The line editor, if this machine has one; otherwise NULL. Like the stock interpreter with readline, it also reads what
   comes from a file or pipe, and shows it. */
static char *(*edit_line)(const char *prompt);
static void (*remember_line)(const char *line);

static void find_line_editor(void) {
    static const char *const names[] = {"libreadline.so.8", "libreadline.so.7", "libreadline.so", "libedit.so.2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) continue;
        *(void **)&edit_line = dlsym(library, "readline");
        *(void **)&remember_line = dlsym(library, "add_history");
        const char **own_name = (const char **)dlsym(library, "rl_readline_name");
        if (own_name != NULL) *own_name = "lua";
        if (edit_line != NULL) return;
    }
}

/* Pushes the prompt: the global _PROMPT or _PROMPT2 as text, or what is usual. */
static const char *push_prompt(lua_State *L, int first) {
    const char *usual = first ? "> " : ">> ";
    lua_getglobal(L, first ? "_PROMPT" : "_PROMPT2");
#if SINCE(504)
    if (lua_isnil(L, -1)) return usual;
    const char *prompt = luaL_tolstring(L, -1, NULL);
    lua_remove(L, -2);
    return prompt;
#else
    const char *prompt = lua_tostring(L, -1);
    return prompt != NULL ? prompt : usual;
#endif
}

/* Reads a line and pushes it without its newline; '=' at the start of a first line means 'return'.
   Returns 0, and pushes nothing, at the end of the input. */
static int push_line(lua_State *L, int first) {
    char space[LINE_LIMIT];
    char *line = space;
    const char *prompt = push_prompt(L, first);
    if (edit_line != NULL) line = edit_line(prompt);
    else {
        fputs(prompt, stdout);
        fflush(stdout);
        line = fgets(space, LINE_LIMIT, stdin);
    }
    if (LUA_VERSION_NUM == 503 && line == NULL) return 0; /* see load_statements */
    lua_pop(L, 1); /* the prompt */
    if (line == NULL) return 0;
    size_t length = strlen(line);
    if (length > 0 && line[length - 1] == '\n') line[--length] = '\0';
    if (first && EQUALS_MEANS_RETURN && line[0] == '=') lua_pushfstring(L, "return %s", line + 1);
    else lua_pushlstring(L, line, length);
    if (line != space) free(line);
    return 1;
}

static void remember(const char *line) {
    if (edit_line != NULL && remember_line != NULL && line[0] != '\0') remember_line(line);
}

/* Does the message on top say that the text only lacks its end? */
static int lacks_end(lua_State *L, int status) {
    const char *mark = SINCE(502) ? "<eof>" : "'<eof>'";
    size_t length, mark_length = strlen(mark);
    if (status != LUA_ERRSYNTAX) return 0;
    const char *message = lua_tolstring(L, -1, &length);
    return length >= mark_length && strcmp(message + length - mark_length, mark) == 0;
}

/* Compiles the line at index 1 as an expression. On failure pushes nothing. */
static int load_expression(lua_State *L) {
    const char *line = lua_tostring(L, 1);
    const char *statement = lua_pushfstring(L, "return %s;", line);
    int status = luaL_loadbuffer(L, statement, strlen(statement), "=stdin");
    if (status == LUA_OK) {
        lua_remove(L, -2);
        remember(line);
    } else lua_pop(L, 2);
    return status;
}

/* Remarks on a beginner's trap. */
static void warn_of_locals(const char *line) {
    line += strspn(line, " \t");
    if (strncmp(line, "local", 5) == 0 && line[5] != '\0' && strchr(" \t", line[5]) != NULL)
        fputs("warning: locals do not survive across lines in interactive mode\n", stderr);
}

/* Compiles what begins with the line at index 1 as statements, reading on until they are complete. Should the input
   end before, the status is that of the incomplete text (before 5.3: -1), with its message on top (in 5.3: nil). */
static int load_statements(lua_State *L) {
    if (SINCE(505)) warn_of_locals(lua_tostring(L, 1));
    for (;;) {
        size_t length;
        const char *text = lua_tolstring(L, 1, &length);
        int status = luaL_loadbuffer(L, text, length, "=stdin");
        int incomplete = lacks_end(L, status);
        if (!incomplete || !push_line(L, 0)) {
            remember(text);
            return incomplete && !SINCE(503) ? -1 : status;
        }
        lua_remove(L, -2); /* the message */
        lua_pushliteral(L, "\n");
        lua_insert(L, -2);
        lua_concat(L, 3);
    }
}

/* Reads something complete, leaves the chunk or the message on top of the stack; -1 at the end of input. */
static int load_input(lua_State *L) {
    lua_settop(L, 0);
    if (!push_line(L, 1)) return -1;
    int status = TRIES_EXPRESSIONS ? load_expression(L) : -1;
    if (status != LUA_OK) status = load_statements(L);
    lua_remove(L, 1);
    return status;
}

/* Shows whatever is on the stack by means of the global 'print'. */
static void print_results(lua_State *L) {
    int count = lua_gettop(L);
    if (count == 0) return;
    luaL_checkstack(L, LUA_MINSTACK, "too many results to print");
    lua_getglobal(L, "print");
    lua_insert(L, 1);
    if (lua_pcall(L, count, 0, 0) != LUA_OK)
        complain(lua_pushfstring(L, "error calling 'print' (%s)", lua_tostring(L, -1)));
}

static void converse(lua_State *L) {
    const char *name = program;
    int status;
    program = NULL;
    find_line_editor();
    while ((status = load_input(L)) != -1) {
        if (status == LUA_OK) status = call(L, 0, LUA_MULTRET);
        if (succeeded(L, status)) print_results(L);
    }
    lua_settop(L, 0);
    fputc('\n', stdout);
    fflush(stdout);
    program = name;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static void open_libraries(lua_State *L) {
#if SINCE(502)
    luaL_checkversion(L);
#endif
    luaL_openlibs(L);
    lua_gc(L, LUA_GCRESTART, 0);
#if SINCE(504)
    lua_gc(L, LUA_GCGEN, 0, 0);
#endif
}

/* Does everything the command line asks for. Returns true to Lua if nothing failed, else nothing. */
static int run(lua_State *L) {
    int argc = (int)lua_tointeger(L, 1);
    char **argv = lua_touserdata(L, 2);
    if (argv[0] != NULL && argv[0][0] != '\0') program = argv[0];
    if (ENVIRONMENT_FIRST) {
        open_libraries(L);
        if (!run_environment(L)) return 0;
    }
    struct command command = read_options(argv);
    if (command.bad != NULL) {
        explain_usage(command.bad);
        return 0;
    }
    if (command.version) say_version();
    if (command.no_environment) { /* the libraries look at this when they open */
        lua_pushboolean(L, 1);
        lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
    }
    if (!ENVIRONMENT_FIRST) {
        open_libraries(L);
        if (ARG_WITHOUT_SCRIPT) publish_arguments(L, argv, argc, command.script);
        if (!command.no_environment && !run_environment(L)) return 0;
    }
    if (!run_options(L, argv, command.script > 0 ? command.script : argc)) return 0;
    if (command.script > 0 && !run_script(L, argv, argc, command.script)) return 0;
    if (command.interactive) converse(L);
    else if (command.script < 1 && !command.statements && !command.version) {
        if (isatty(STDIN_FILENO)) {
            say_version();
            converse(L);
        } else run_file(L, NULL);
    }
    lua_pushboolean(L, 1);
    return 1;
}

int main(int argc, char **argv) {
    lua_State *L = luaL_newstate();
    if (L == NULL) {
        if (argv[0] != NULL) program = argv[0];
        complain("cannot create state: not enough memory");
        return EXIT_FAILURE;
    }
    lua_gc(L, LUA_GCSTOP, 0); /* not before there is something worth collecting */
    lua_pushcfunction(L, run);
    lua_pushinteger(L, argc);
    lua_pushlightuserdata(L, argv);
    int status = lua_pcall(L, 2, 1, 0);
    int result = lua_toboolean(L, -1);
    succeeded(L, status);
    lua_close(L);
    return result && status == LUA_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
