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

#define INIT_VARIABLE "LUA_INIT"
#define INIT_VARIABLE_OF_VERSION INIT_VARIABLE "_" LUA_VERSION_MAJOR "_" LUA_VERSION_MINOR

/* What stands before messages; NULL inside the interactive mode, where it would only be noise. */
static const char *program = "lua";

static void complain(const char *message) {
    if (program != NULL) fprintf(stderr, "%s: ", program);
    fprintf(stderr, "%s\n", message);
    fflush(stderr);
}

static void say_version(void) {
    puts(LUA_COPYRIGHT);
    fflush(stdout);
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

static struct command read_options(char **argv) {
    struct command command = {0};
    if (argv[0] == NULL) {
        command.script = -1;
        return command;
    }
    if (argv[0][0] != '\0') program = argv[0];
    for (int i = 1; argv[i] != NULL; i++) {
        const char *word = argv[i];
        char letter = word[0] == '-' ? word[1] : '\0';
        if (letter == '\0') { /* a script, or '-' for the standard input */
            command.script = i;
            return command;
        }
        if (wants_argument(letter)) {
            if (letter == 'e') command.statements = 1;
            if (word[2] == '\0' && (argv[i + 1] == NULL || argv[i + 1][0] == '-')) command.bad = word;
            if (word[2] == '\0') i++;
        } else if (strchr("-EWiv", letter) == NULL || word[2] != '\0') {
            command.bad = word;
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

static void explain_usage(const char *bad) {
    if (wants_argument(bad[1])) fprintf(stderr, "%s: '%s' needs argument\n", program, bad);
    else fprintf(stderr, "%s: unrecognized option '%s'\n", program, bad);
    fprintf(stderr,
            "usage: %s [options] [script [args]]\n"
            "Available options are:\n"
            "  -e stat   execute string 'stat'\n"
            "  -i        enter interactive mode after executing 'script'\n"
            "  -l mod    require library 'mod' into global 'mod'\n"
            "  -l g=mod  require library 'mod' into global 'g'\n"
            "  -v        show version information\n"
            "  -E        ignore environment variables\n"
            "  -W        turn warnings on\n"
            "  --        stop handling options\n"
            "  -         stop handling options and execute stdin\n",
            program);
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

/* Message handler: turns any error object into text, with a traceback unless the object's own
   __tostring speaks for it. */
static int describe_error(lua_State *L) {
    const char *message = lua_tostring(L, 1);
    if (message == NULL) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING) return 1;
        message = lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    }
    luaL_traceback(L, L, message, 1);
    return 1;
}

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
    return status;
}

/* If 'status' tells of an error, prints and pops its message. Returns whether all was well. */
static int succeeded(lua_State *L, int status) {
    if (status == LUA_OK) return 1;
    const char *message = lua_tostring(L, -1);
    complain(message != NULL ? message : "(error message not a string)");
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
    const char *chunk_name = "=" INIT_VARIABLE_OF_VERSION;
    const char *text = getenv(INIT_VARIABLE_OF_VERSION);
    if (text == NULL) {
        chunk_name = "=" INIT_VARIABLE;
        text = getenv(INIT_VARIABLE);
    }
    if (text == NULL) return 1;
    return text[0] == '@' ? run_file(L, text + 1) : run_text(L, text, chunk_name);
}

/* '-l mod' and '-l name=mod': requires a module into a global. Without a name of its own the global is
   called like the module, less what follows its '-' (a version mark). Modifies 'word'. */
static int require_library(lua_State *L, char *word) {
    char *module = strchr(word, '=');
    char *mark = NULL;
    if (module != NULL) *module++ = '\0';
    else {
        module = word;
        mark = strchr(word, '-');
    }
    lua_getglobal(L, "require");
    lua_pushstring(L, module);
    int status = call(L, 1, 1);
    if (status == LUA_OK) {
        if (mark != NULL) *mark = '\0';
        lua_setglobal(L, word);
    }
    return succeeded(L, status);
}

/* Carries out -e, -l and -W in the order given; 'limit' is where the options end. */
static int run_options(lua_State *L, char **argv, int limit) {
    for (int i = 1; i < limit; i++) {
        char letter = argv[i][1];
        if (letter == 'W') lua_warning(L, "@on", 0);
        if (!wants_argument(letter)) continue;
        char *argument = argv[i][2] != '\0' ? argv[i] + 2 : argv[++i];
        int fine = letter == 'e' ? run_text(L, argument, "=(command line)") : require_library(L, argument);
        if (!fine) return 0;
    }
    return 1;
}

/* Pushes arg[1] to arg[#arg], which the script or an option may have changed; returns how many. */
static int push_arguments(lua_State *L) {
    if (lua_getglobal(L, "arg") != LUA_TTABLE) luaL_error(L, "'arg' is not a table");
    int table = lua_gettop(L);
    int count = (int)luaL_len(L, table);
    luaL_checkstack(L, count + 3, "too many arguments to script");
    for (int i = 1; i <= count; i++) lua_rawgeti(L, table, i);
    lua_remove(L, table);
    return count;
}

static int run_script(lua_State *L, char **argv, int script) {
    const char *name = argv[script];
    if (strcmp(name, "-") == 0 && strcmp(argv[script - 1], "--") != 0) name = NULL; /* standard input */
    int status = luaL_loadfile(L, name);
    if (status == LUA_OK) status = call(L, push_arguments(L), LUA_MULTRET);
    return succeeded(L, status);
}

/* ---- the interactive mode ---------------------------------------------------------------------------- */

#define LINE_LIMIT 512 /* bytes that are read at once where there is no line editor */

/* The line editor, if this machine has one and a person is typing; otherwise NULL. */
static char *(*edit_line)(const char *prompt);
static void (*remember_line)(const char *line);

static void find_line_editor(void) {
    static const char *const names[] = {"libreadline.so.8", "libreadline.so.7", "libreadline.so", "libedit.so.2"};
    if (!isatty(STDIN_FILENO)) return;
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
    if (lua_getglobal(L, first ? "_PROMPT" : "_PROMPT2") == LUA_TNIL) return first ? "> " : ">> ";
    const char *prompt = luaL_tolstring(L, -1, NULL);
    lua_remove(L, -2);
    return prompt;
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
    lua_pop(L, 1); /* the prompt */
    if (line == NULL) return 0;
    size_t length = strlen(line);
    if (length > 0 && line[length - 1] == '\n') line[--length] = '\0';
    if (first && line[0] == '=') lua_pushfstring(L, "return %s", line + 1);
    else lua_pushlstring(L, line, length);
    if (line != space) free(line);
    return 1;
}

static void remember(const char *line) {
    if (edit_line != NULL && remember_line != NULL && line[0] != '\0') remember_line(line);
}

/* Does the message on top say that the text only lacks its end? */
static int lacks_end(lua_State *L, int status) {
    static const char mark[] = "<eof>";
    size_t length, mark_length = sizeof mark - 1;
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

/* Compiles what begins with the line at index 1 as statements, reading on until they are complete. */
static int load_statements(lua_State *L) {
    for (;;) {
        size_t length;
        const char *text = lua_tolstring(L, 1, &length);
        int status = luaL_loadbuffer(L, text, length, "=stdin");
        if (!lacks_end(L, status) || !push_line(L, 0)) {
            remember(text);
            return status;
        }
        lua_remove(L, -2); /* the message */
        lua_pushliteral(L, "\n");
        lua_insert(L, -2);
        lua_concat(L, 3);
    }
}

/* Reads something complete, leaves the chunk or the message alone on the stack; -1 at the end of input. */
static int load_input(lua_State *L) {
    lua_settop(L, 0);
    if (!push_line(L, 1)) return -1;
    int status = load_expression(L);
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

/* Does everything the command line asks for. Returns true to Lua if nothing failed, else nothing. */
static int run(lua_State *L) {
    int argc = (int)lua_tointeger(L, 1);
    char **argv = lua_touserdata(L, 2);
    struct command command = read_options(argv);
    luaL_checkversion(L);
    if (command.bad != NULL) {
        explain_usage(command.bad);
        return 0;
    }
    if (command.version) say_version();
    if (command.no_environment) { /* the libraries look at this when they open */
        lua_pushboolean(L, 1);
        lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
    }
    luaL_openlibs(L);
    publish_arguments(L, argv, argc, command.script);
    lua_gc(L, LUA_GCRESTART);
    lua_gc(L, LUA_GCGEN, 0, 0);
    if (!command.no_environment && !run_environment(L)) return 0;
    if (!run_options(L, argv, command.script > 0 ? command.script : argc)) return 0;
    if (command.script > 0 && !run_script(L, argv, command.script)) return 0;
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
    lua_gc(L, LUA_GCSTOP); /* not before there is something worth collecting */
    lua_pushcfunction(L, run);
    lua_pushinteger(L, argc);
    lua_pushlightuserdata(L, argv);
    int status = lua_pcall(L, 2, 1, 0);
    int result = lua_toboolean(L, -1);
    succeeded(L, status);
    lua_close(L);
    return result && status == LUA_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
