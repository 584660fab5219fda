-- The io library. Each check runs in a directory of its own.
local unpack = unpack or table.unpack
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local function try(f, ...) print(pcall(f, ...)) end
local function write(name, text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
local function shown(...) local t = pack(...) for i = 1, t.n do t[i] = tostring(t[i]):gsub("0x%x+", "P") end print(table.concat(t, " ")) end

-- check: open modes
write("f", "content") for _, m in ipairs { "r", "rb", "r+", "a", "a+", "r+b" } do local f = io.open("f", m) io.write(m, " ", io.type(f), " ") f:close() end print() for _, m in ipairs { "rw", "x", "", "r+x", "b", "+r", "rbb", "w+bc", "r +" } do local ok, e = pcall(io.open, "f", m) print(m, ok, ok or e) end print(io.open("missing")) print(io.open("missing", "r+")) print(io.open("/", "w")) print(io.open("no/such/dir", "w")) try(io.open) try(io.open, {}) try(io.open, "f", {})
-- check: write and read back
-- versions: 5.3+
local f = io.open("f", "w") print(f:write("a", 1, 2.5, "\n", -3) == f) shown(f) f:close() shown(f) f = io.open("f") print(f:read("*a")) print(f:read("*a")) print(f:read("l")) print(f:read(0)) f:close()
-- check: read formats
-- versions: 5.3+
write("f", "line one\nline two\n\n12 0x1F -3.5e2 nan\nlast") local f = io.open("f") print(f:read()) print(f:read("L")) print(f:read("l", "n", "n", "n", "n")) print(f:read("l")) print(f:read("l")) print(f:read("l", "n")) f:close() f = io.open("f") print(f:read(4, 0, 1, "l")) print(f:read("*l")) print(f:read("*a")) print(f:read(1), f:read(0), f:read("*a"), f:read("n")) f:close()
-- check: read numbers
-- versions: 5.3+
write("n", "1 -2 +3 4.5 .5 5. 0x10 0x.8p1 1e3 1e+2 -0x5 007 1e 12abc 0x 99999999999999999999 - 1") local f = io.open("n") for i = 1, 14 do io.write(tostring(f:read("n")), " ") end print() f:close()
for _, s in ipairs { "", "   ", "abc", "1.2.3", "--5", "+", "0xg", "1e+", "nan", "inf", "  \n\t 42 rest", "1_0", "0x1p", ("1"):rep(250), "5\0", "1e5e5" } do write("n", s) f = io.open("n") local a, b = f:read("n", "a") print(a, (tostring(b):sub(1, 60):gsub("%c", "?"))) f:close() end
-- check: read errors
write("f", "x") local f = io.open("f") try(f.read, f, "x") try(f.read, f, "*x") try(f.read, f, {}) try(f.read, f, "") try(f.read, f, -1) try(f.read, f, 1.5) try(f.read) try(f.read, {}) try(f.read, f, nil) f:close() try(f.read, f) try(f.write, f, "x") try(f.seek, f) try(f.lines, f) try(f.close, f) try(f.flush, f) try(f.setvbuf, f, "no")
-- check: write errors
write("f", "x") local f = io.open("f") print(f:write("y")) f:close() try(io.write, {}) try(io.write, nil) try(io.write, true) f = io.open("f", "w") try(f.write, f, {}) try(f.write, f, "ok", nil) try(f.write) f:close()
-- check: seek
write("f", "0123456789") local f = io.open("f", "r+") print(f:seek(), f:seek("set", 3), f:read(2), f:seek("cur"), f:seek("cur", -1), f:read(1), f:seek("end"), f:seek("end", -2), f:read("*a"), f:seek("set")) print(f:seek("set", -1)) try(f.seek, f, "bad") try(f.seek, f, "set", 1.5) try(f.seek, f, "set", {}) f:seek("set", 5) f:write("XX") f:seek("set") print(f:read("*a")) f:close()
-- check: append
write("f", "one\n") local f = io.open("f", "a") f:write("two\n") f:close() f = io.open("f", "a+") print(f:read("*a")) f:write("three\n") f:seek("set") print(f:read("*a")) f:close()
-- check: lines
-- versions: 5.3+
write("f", "a\nb\n\nc") for l in io.lines("f") do io.write("<", l, ">") end print() for l in io.lines("f", "L") do io.write("<", l, ">") end print() for a, b in io.lines("f", 1, 1) do io.write("<", a, ",", tostring(b), ">") end print() for n in io.lines("f", 3) do io.write("[", n, "]") end print() local f = io.open("f") for l in f:lines() do io.write(l, ".") end print(io.type(f)) f:close() f = io.open("f") print(f:lines("a")()) f:close()
try(io.lines, "missing") try(io.lines, {}) local it = io.lines("f") it() it() it() it() print(it()) try(it) try(function() for l in io.lines("f", "bad") do end end) print((select(2, pcall(io.lines, "f", unpack({}, 1, 251)))))
-- check: lines with closed file
write("f", "a\nb") local f = io.open("f") local it = f:lines() print(it()) f:close() try(it)
-- check: lines returns four values
-- versions: 5.4+
write("f", "a") local a, b, c, d = io.lines("f") print(type(a), b, c, io.type(d)) d:close() try(a) print(select("#", io.open("f"):lines()))
-- check: default files
print(io.output() == io.stdout, io.input() == io.stdin) write("in", "from file\nmore") print(io.type(io.input("in"))) print(io.read()) print(io.read("*a")) io.close(io.input()) try(io.read) io.input(io.stdin) print(io.output("out") ~= io.stdout) io.write("written") io.close() try(io.write, "x") io.output(io.stdout) print(io.open("out"):read("*a")) try(io.input, "missing") try(io.output, "/no/such") try(io.input, {}) try(io.output, 5 == nil) try(io.close)
-- ends with an error
-- check: io.lines over the default input
write("in", "x\ny") io.input("in") for l in io.lines() do io.write(l, ";") end print(io.type(io.input())) print((pcall(io.lines))) io.close(io.input()) try(io.lines)
-- check: type
print(io.type(io.stdout), io.type(5), io.type({}), io.type(nil)) local f = io.tmpfile() print(io.type(f)) f:close() print(io.type(f)) try(io.type)
-- check: tmpfile
local f = io.tmpfile() f:write("temp") f:seek("set") print(f:read("*a")) f:close()
-- check: popen
local p = io.popen("echo hello; exit 3") print(p:read("*a")) print(p:close()) p = io.popen("cat > out", "w") p:write("to cat") print(p:close()) print(io.open("out"):read("*a")) p = io.popen("kill -9 $$") print(p:close()) for l in io.popen("printf 'a\\nb\\n'"):lines() do io.write(l, ".") end print() try(io.popen, "x", "rw") try(io.popen, "x", "") try(io.popen) try(io.popen, "true", {}) print(io.popen("nonexistent-command 2>/dev/null"):close())
-- check: close results
local f = io.open("f", "w") print(f:close()) print(io.tmpfile():close()) try(io.close, 5) f = io.open("f", "w") print(io.close(f)) try(io.close, f)
-- check: closing standard files
print(pcall(io.close, io.stderr)) print(io.stdin:close()) print(io.type(io.stdin))
-- check: flush and setvbuf
local f = io.open("f", "w") print(f:setvbuf("full", 1024), f:setvbuf("line"), f:setvbuf("no")) f:write("x") print(f:flush() == f, io.flush() == io.stdout or io.type(io.flush())) try(f.setvbuf, f, "bad") try(f.setvbuf, f) try(f.setvbuf, f, "full", "x") f:close()
-- check: gc closes files
do local f = io.open("f", "w") f:write("flushed by gc") f = nil end collectgarbage() collectgarbage() print(io.open("f"):read("*a"))
-- check: to-be-closed files
-- versions: 5.4+
do local f <close> = io.open("f", "w") f:write("closed") end print(io.open("f"):read("*a")) local keep do local f <close> = io.open("f") keep = f end print(io.type(keep)) shown(keep)
-- check: binary data
-- versions: 5.3+
local t = {} for i = 0, 255 do t[#t + 1] = string.char(i) end write("b", table.concat(t)) local s = io.open("b", "rb"):read("*a") print(#s, s == table.concat(t)) write("b", "a\0b\nc\0") local f = io.open("b") print(#f:read("l"), #f:read("L")) f:close()
-- check: long lines
-- versions: 5.3+
write("f", ("x"):rep(100000) .. "\n" .. ("y"):rep(5000)) local f = io.open("f") print(#f:read("l"), #f:read("L")) f:seek("set") print(#f:read(50000), #f:read(1000000)) f:close()
-- check: file metamethods
print(tostring(io.stdout):match("^file %(0x%x+%)$") ~= nil) local f = io.open("f", "w") f:close() print(tostring(f)) print(getmetatable(f).__name, getmetatable(f).__index.write == f.write) try(getmetatable(f).__tostring) try(getmetatable(f).__gc, 5) try(getmetatable(f).__close) print(getmetatable(f).__gc(f))
-- check: methods on wrong values
try(io.stdout.write) try(io.stdout.write, "x") try(io.stdout.seek, {}) try(io.stdout.lines) try(io.stdout.close, nil) try(function() io.stdout:nothing() end) try(function() return io.stdout.x.y end) try(function() io.stdout.x = 1 end)
-- check: read from write-only and directories
-- versions: 5.3+
local f = io.open("w", "w") print(f:read("*a")) print(f:read(1)) print(f:read("n")) f:close() local d = io.open("/") if d then print(d:read("*a")) print(d:read(1)) print(d:seek("set", 0)) d:close() end
-- check: write numbers
-- versions: 5.3+
io.write(1, " ", 1.0, " ", -0.0, " ", 1e100, " ", 2^53, " ", math.mininteger, " ", 0.1, "\n") io.stdout:write("chain"):write("ed\n") print(io.write() == io.stdout)
-- check: standard error
io.stderr:write("to stderr ", 42, "\n") print(io.stderr:seek())
-- check: stdin at its end
-- versions: 5.3+
print(io.read()) print(io.read("*a")) print(io.read("n")) print(io.read(0)) print(io.read("L")) for l in io.lines() do print "never" end
