-- The io library: modes, formats, buffers, default files, messages.
-- versions: 5.4+
local name, other = os.tmpname(), os.tmpname()
local function clean(s) if type(s) ~= "string" then return s end return (s:gsub(name, "NAME", 1):gsub(other, "OTHER", 1):gsub("0x%x%x%x%x%x+", "ADDR")) end
local function show(...) local r = table.pack(...); for i = 1, r.n do r[i] = clean(r[i]); if type(r[i]) == "function" then r[i] = "function" end if io.type(r[i]) then r[i] = io.type(r[i]) end end print(table.unpack(r, 1, r.n)) end
local function put(text) local f = assert(io.open(name, "w")); f:write(text); f:close() end

show(io.type(io.stdout), io.type(1), io.type({})); show(pcall(io.type)); show(tostring(io.stdout):match("^file %(0x%x+%)$") ~= nil)
show(io.open("/nonexistent/x")); show(io.open("/", "w")); show(pcall(io.open, name, "rw")); show(pcall(io.open, name, "")); show(pcall(io.open, name, "r+bb")); show(pcall(io.open)); show(pcall(io.open, {})); show(pcall(io.open, name, "b")); show(pcall(io.open, name, "+r"))
for _, m in ipairs { "r", "w", "a", "r+", "w+", "a+", "rb", "wb+", "r+b" } do show(m, pcall(io.open, name, m)) end

-- reading
put("line one\nline two\n\n  12 0x1F -3.5e2 abc\nlast")
local f = io.open(name)
show(f:read()); show(f:read("L")); show(f:read("l", "n", "n", "n", "n")); show(f:read("l")); show(f:read("a")); show(f:read("a")); show(f:read("l")); show(f:read(0)); show(f:read(5)); show(f:read("n"))
f:seek("set"); show(f:read(4, 0, 100, 1, "a")); show(f:seek("set", 5), f:read(3), f:seek("cur"), f:seek("cur", -3), f:seek("end"), f:seek("end", -4), f:read("a"))
f:seek("set"); show(f:read("*l", "*L", "*a")); f:seek("set"); show(f:read("line")); show(pcall(f.read, f, "x")); show(pcall(f.read, f, "*x")); show(pcall(f.read, f, {})); show(pcall(f.read, f, 1.5)); show(pcall(f.read, f, "")); show(pcall(f.read, f, -1)); show(pcall(f.read)); show(pcall(f.read, 1))
show(pcall(f.seek, f, "x")); show(pcall(f.seek, f, "set", 1.5)); show(f:seek("set", -1)); show(f:write("x")); show(pcall(f.write, f, {})); show(f:close()); show(pcall(f.read, f)); show(pcall(f.close, f)); show(tostring(f)); show(io.type(f)); show(pcall(f.lines, f)); show(pcall(f.seek, f)); show(pcall(f.setvbuf, f, "no")); show(pcall(f.flush, f)); show(pcall(io.close, f))

-- numbers
for _, text in ipairs { "12", "-12", "+5", "0x", "0x1", "0X1p4", "1e5", "1e", "1e+", ".5", "5.", ".", "-", "0x.8", "0x.", "1..2", "nan", "inf", "1e5x", "12abc", "0xg", ("1"):rep(199), ("1"):rep(200), ("1"):rep(201), "0x" .. ("f"):rep(30), "  \n\t 7", "1,5", "", "9223372036854775807", "9223372036854775808", "--1", "1-1", "0e1", "00012", "08", "1p3" } do
  put(text); local g = io.open(name); show(("%q"):format(text):sub(1, 40), g:read("n", "a")); g:close()
end
put("1 2 x 3"); f = io.open(name); show(f:read("n", "n", "n", "n")); show(f:read("a")); f:close()

-- lines
put("a\nb\n\nc"); for l in io.lines(name) do io.write("[", l, "]") end print()
for l in io.lines(name, "L") do io.write("[", l, "]") end print()
for a, b in io.lines(name, 1, 1) do io.write("[", a, "|", tostring(b), "]") end print()
put("1 2\n3 4\n"); for a, b in io.lines(name, "n", "n") do io.write("[", a, ",", b, "]") end print()
put("a\nb\n"); f = io.open(name); for l in f:lines() do io.write(l, ";") end show(io.type(f)); show(f:read()); f:close()
show(select("#", io.lines(name))); local it, n1, n2, h = io.lines(name); show(n1, n2, io.type(h)); show(it()); show(it()); show(it()); show(io.type(h)); show(pcall(it))
it = io.lines(name); show(pcall(it, "ignored", "too")); 
for l in io.lines(name) do break end
do local ok, it, _, _, h = pcall(io.lines, name); for l in it, nil, nil, h do break end show(io.type(h)) end
show(pcall(io.lines, "/nonexistent")); show(pcall(io.lines, name, "x")); show(pcall(function() for l in io.lines(name, "x") do end end)); show(pcall(io.lines, {})); show(pcall(io.lines, name, table.unpack({}, 1, 251))); show(pcall(io.lines, name, table.unpack({}, 1, 250)))
f = io.open(name); it = f:lines(); f:close(); show(pcall(it))

-- long lines and buffers
for _, size in ipairs { 0, 1, 100, 1023, 1024, 1025, 4095, 4096, 4097, 10000, 100000 } do
  put(("x"):rep(size) .. "\n" .. ("y"):rep(size) .. "\r\n" .. ("z"):rep(size))
  f = io.open(name); local a, b, c, d = f:read("l", "L", "l", "l"); show(size, #a, #b, c and #c, d); f:seek("set"); show(#f:read("a")); f:seek("set"); show(f:read(size + 5) and true, f:read("l") ~= nil); f:close()
end
put("a\0b\nc\0\0\n"); f = io.open(name, "rb"); show(("%q"):format(f:read())); show(("%q"):format(f:read("L"))); show(f:read()); f:close()

-- writing
f = io.open(name, "w"); show(f:write(1, " ", 2.5, " ", -0.0, " ", 1e100, " ", 2^53, " ", 1.0, " ", math.mininteger, " ", "x\0y") == f); show(f:write() == f); show(f:seek()); show(f:setvbuf("full", 100)); show(f:setvbuf("line")); show(f:setvbuf("no")); show(pcall(f.setvbuf, f)); show(pcall(f.setvbuf, f, "bad")); show(f:flush()); show(pcall(f.write, f, nil)); show(pcall(f.write, f, "ok", true)); show(f:read()); f:close()
f = io.open(name); show(f:read("a")); f:close(); f = io.open(name, "a"); f:write("APP"); show(f:seek("cur")); f:close(); f = io.open(name, "a+"); show(f:read(2)); f:write("Z"); f:seek("set"); show(f:read("a")); f:close()
f = io.open(name, "r+"); f:write("##"); f:seek("set", 0); show(f:read(4)); f:seek("cur", 0); f:write("!!"); f:seek("set"); show(f:read("l")); f:close()

-- default files
local out = io.output(); show(io.output(name) ~= out); show(io.write("default ", 1) == io.output()); show(io.output():seek()); show(io.close()); show(pcall(io.write, "x")); show(pcall(io.close)); show(pcall(io.flush)); io.output(out); show(io.output() == io.stdout)
local inp = io.input(); show(io.input(name) ~= inp); show(io.read("a")); show(io.close(io.input())); show(pcall(io.read)); show(pcall(io.lines)); io.input(inp); show(pcall(io.input, "/nonexistent")); show(pcall(io.input, {})); show(pcall(io.output, true)); show(io.input(name) == io.input()); for l in io.lines() do show(l) end show(io.read("a", 0, "l")); io.input():close(); io.input(inp); show(io.input() == io.stdin); show(pcall(io.input, f))
show(io.stdout:close()); show(io.type(io.stdout)); show(io.stdout:flush(), io.flush()); show(io.stderr:write("") == io.stderr); show(io.stdout:seek("cur", 0) ~= 5)

-- pipes, temporary files
f = io.popen("echo hello; exit 3"); show(f:read("a")); show(f:close()); show(io.popen("exit 0"):close()); show(io.popen("kill -9 $$"):close()); f = io.popen("cat > " .. other, "w"); f:write("piped"); show(f:close()); show(io.open(other):read("a")); show(pcall(io.popen, "x", "rw")); show(pcall(io.popen)); for l in io.popen("echo a; echo b"):lines() do show(l) end
f = io.tmpfile(); f:write("tmp"); f:seek("set"); show(f:read("a")); show(f:close())
do local c <close> = io.open(name); f = c end show(io.type(f))
local mt = getmetatable(io.stdout); local keys = {}; for k, v in pairs(mt) do keys[#keys + 1] = k end table.sort(keys); show(table.concat(keys, " ")); keys = {}; for k in pairs(mt.__index) do keys[#keys + 1] = k end table.sort(keys); show(table.concat(keys, " ")); show(mt.__name); keys = {}; for k in pairs(io) do keys[#keys + 1] = k end table.sort(keys); show(table.concat(keys, " "))
show(pcall(mt.__gc)); show(pcall(mt.__gc, {})); show(pcall(mt.__tostring, 1)); show(pcall(io.stdout.write, "x"))
show(pcall(function() return io.stdout.nothing end)); show(pcall(function() return io.stdout + 1 end)); show(pcall(function() io.stdout() end)); show(pcall(function() return #io.stdout end)); show(pcall(function() return io.stdout < io.stderr end)); show(pcall(string.rep, io.stdout))
show(os.remove(name)); show(os.remove(name)); show(os.rename(other, name)); show(os.rename(other, name)); show(os.remove(name)); show(os.remove("/"))
