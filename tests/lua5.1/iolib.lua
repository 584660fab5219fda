-- The io library of 5.1: formats with '*', results of closing and writing, messages.
local function write(name, text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
local function try(f, ...) print(pcall(f, ...)) end

-- check: formats of read
write("f", "12 0x10 .5e1 word\nline\n\nlast")
local f = io.open("f")
print(f:read("*n", "*n", "*n", "*n"))
print(f:read("*l"), f:read("*l"), f:read("*l"), f:read("*l"), f:read("*l"))
f:seek("set", 3)
print(f:read(4, 0, "*a"))
print(f:read("*a"), f:read("*a", "*a"), f:read("*l"), f:read(0), f:read(1))
f:close()
-- check: formats are told by their first letter
write("f", "12 word\nline\n")
local f = io.open("f")
print(f:read("*number"), f:read("*line"), f:read("*all"))
f:close()
-- check: wrong formats
write("f", "text\n")
local f = io.open("f")
for _, format in ipairs { "n", "l", "a", "", "*", "*L", "*x", "**l" } do try(f.read, f, format) end
try(f.read, f, {})
try(f.read, f, print)
try(f.read, f, "*l", "x")
f:close()
-- check: counts that are strings
write("f", "abcdef")
local f = io.open("f")
try(f.read, f, "2")
try(f.read, f, 2.9)
try(f.read, f, -1)
f:close()
-- check: reading numbers
for _, text in ipairs { "5", " -7", "+3", "1e2", "1e", "0x1F", "0x", "x", "", "-", "nan", "inf", "infinity", "1 2", "1,5", ".", "5.", "1e5x", "0x1p4" } do
  write("f", text)
  local f = io.open("f")
  print(text, f:read("*n"), f:read("*a"))
  f:close()
end
-- check: lines with a NUL
write("f", "a\0b\nc\0\n\0d\nlast\0x")
local f = io.open("f", "rb")
for line in f:lines() do print((("%q"):format(line))) end
f:seek("set")
print((("%q"):format(f:read("*a"))))
f:close()
-- check: very long lines
write("f", ("x"):rep(9000) .. "\n" .. ("y"):rep(1023) .. "\n" .. ("z"):rep(1024) .. "\nend")
local f = io.open("f")
for line in f:lines() do print(#line, line:sub(1, 1)) end
f:close()
-- check: lines
write("f", "one\ntwo\n\nfour")
for line in io.lines("f") do io.write("[", line, "]") end
print()
local f = io.open("f")
for line in f:lines() do io.write("[", line, "]") end
print(io.type(f), f:read("*l"))
f:close()
-- check: lines closes the file at its end
write("f", "one\n")
local next_line = io.lines("f")
print(next_line(), next_line())
try(next_line)
-- check: the iterator of a closed file
write("f", "one\ntwo\n")
local f = io.open("f")
local next_line = f:lines()
print(next_line())
f:close()
try(next_line)
-- check: lines of what is not there
try(io.lines, "nothing")
try(io.lines, "")
try(io.lines, 5)
try(io.lines, {})
-- check: lines of the default input
write("f", "one\ntwo\n")
io.input("f")
for line in io.lines() do print(line) end
print(io.read(), io.type(io.input()))
-- check: default files
print(io.input() == io.stdin, io.output() == io.stdout)
write("f", "in")
print(io.input("f") ~= io.stdin, io.read("*a"))
io.close(io.input())
try(io.read)
try(io.lines)
io.output("g")
io.write("out")
print(io.type(io.output()))
io.close()
try(io.write, "x")
try(io.close)
io.output(io.stdout)
print(io.open("g"):read("*a"))
-- check: wrong default files
try(io.input, "nothing")
try(io.output, "no/where")
try(io.input, {})
print(io.type(io.output(5, 6)))
-- check: results of writing
local f = io.open("f", "w")
print(f:write("a", 1, 2.5, 1e100), f:write(), io.write())
try(f.write, f, nil)
try(f.write, f, true)
try(f.write, f, "kept", {})
print(f:seek("cur"))
f:close()
print(io.open("f"):read("*a"))
-- check: writing to a file that is only read
write("f", "text")
local f = io.open("f")
print(f:write("x"))
print(f:read("*a"))
f:close()
-- check: reading from a file that is only written
local f = io.open("f", "w")
print(f:read("*a"))
print(f:read("*l"))
print(f:read(1))
f:close()
-- check: modes
write("f", "text")
for _, mode in ipairs { "r", "w", "a", "r+", "w+", "a+", "rb", "wb", "ab", "r+b", "rw", "rt" } do
  local f, message = io.open("f", mode)
  print(mode, io.type(f), message)
  if f then f:close() end
end
print(io.open("f", "q"))
print(io.open("nothing", "r"))
print(io.open("no/where", "w"))
try(io.open)
try(io.open, {})
-- check: seek
write("f", "0123456789")
local f = io.open("f", "r+")
print(f:seek(), f:seek("end"), f:seek("set", 3), f:read(2), f:seek("cur", -1), f:read(1), f:seek("end", -2), f:read("*a"))
print(f:seek("set", -1))
try(f.seek, f, "middle")
try(f.seek, f, "set", "x")
try(f.seek, f, 5)
print(f:seek("set", 2.9))
f:close()
-- check: setvbuf and flush
local f = io.open("f", "w")
print(f:setvbuf("no"), f:setvbuf("full", 100), f:setvbuf("line"), f:flush(), io.flush())
try(f.setvbuf, f, "half")
try(f.setvbuf, f)
f:close()
-- check: closed files
local f = io.open("f", "w")
print(f:close(), tostring(f), io.type(f))
for _, name in ipairs { "close", "read", "write", "lines", "seek", "flush", "setvbuf" } do try(f[name], f) end
try(io.close, f)
try(io.input, f)
try(io.read)
-- check: closing standard files
print(io.stdin:close())
print(io.close(io.stderr))
print(io.type(io.stdin), io.type(io.stderr))
-- check: files and their metatable
local meta = getmetatable(io.stdout)
local names = {}
for name in pairs(meta) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "), meta.__index == meta, meta.__name)
print(tostring(io.stdout):match("^file %(0x%x+%)$") ~= nil, io.type(5), io.type(io.stdout))
try(io.type)
try(meta.__tostring, 5)
try(meta.__gc, {})
-- check: environments of the functions
local env = debug.getfenv(io.open)
print(type(env), env == _G, debug.getfenv(io.read) == env, debug.getfenv(io.stdout.read) == env, debug.getfenv(io.lines) == env)
print(env[1] == io.stdin, env[2] == io.stdout, type(env.__close))
print(debug.getfenv(io.stdout) == env, type(debug.getfenv(io.stdout).__close))
print(debug.getfenv(io.popen) == env, type(debug.getfenv(io.popen).__close))
-- check: calls without a file
for _, name in ipairs { "close", "read", "write", "lines", "seek", "flush", "setvbuf" } do try(io.stdout[name]) try(io.stdout[name], 5) end
-- check: popen
local p = io.popen("echo one; echo two")
print(io.type(p), p:read("*a"), p:close())
local p = io.popen("exit 3")
print(p:close())
local p = io.popen("cat > f", "w")
print(p:write("text"), p:close())
print(io.open("f"):read("*a"))
for line in io.popen("printf 'a\\nb'"):lines() do print(line) end
print(io.type(p))
try(p.read, p)
-- check: tmpfile
local f = io.tmpfile()
print(io.type(f), f:write("temporary"), f:seek("set"), f:read("*a"), f:close())
-- check: files are collected
for i = 1, 300 do io.open("f", "w") end
collectgarbage()
print(io.type(io.open("f")))
-- check: end of the default output's buffer
io.write("first ")
io.stdout:write("second ", 3, "\n")
print(io.output():write("") == true)
-- check: lines ignores formats
local path = os.tmpname()
local f = assert(io.open(path, "w"))
f:write("1 2\nthree\n4\n")
f:close()
for a, b in io.lines(path, "n", "n") do print(a, b) end
for a, b in assert(io.open(path)):lines("*n", 2) do print(a, b) end
io.input(path)
for a, b in io.lines() do print(a, b) end
os.remove(path)
-- check: lines of no name but nil
print(pcall(io.lines, nil))
print(pcall(io.lines, nil, "n"))
