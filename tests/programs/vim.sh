# versions: 5.2
# vim with its interface to Lua (`:lua`, `:luado`, `:luafile`, `luaeval`): what scripts see and print is as with the system's
# library.
cd "$SCRATCH"
cat > script.lua <<'LUA'
print(_VERSION, 1 / 3, 2 ^ 53, #arg_list())
local buffer = vim.buffer()
buffer:insert("from Lua: " .. table.concat({ 1, 2, 3 }, ","), 0)
for i = 1, #buffer do buffer[i] = (buffer[i]:gsub("%l", string.upper, 2)) end
local list = vim.list { 1, "two", vim.list { 3 } }
list:add(4)
for item in list() do io.write(type(item), " ") end
print(#list, list[1], vim.type(list), vim.type(buffer))
local dict = vim.dict { key = "value", n = 7 }
dict.more = list
local keys = {} for key in dict() do keys[#keys + 1] = key end table.sort(keys)
print(table.concat(keys, " "), dict.n + 1, vim.eval("1 + 2"))
print(pcall(vim.command, "nosuchcommand"))
print(pcall(function() return buffer.x.y end))
print(select(2, pcall(error, { 1 })) ~= nil, load("return ...", "c", "t", {})(5))
local co = coroutine.wrap(function(a) while true do a = coroutine.yield(vim.eval(a)) end end)
print(co("6 * 7"), co("'text'"))
vim.command("let g:fromlua = " .. string.format("%q", "quoted"))
LUA
cat > run.vim <<'VIM'
redir! > messages
lua function arg_list() return { 1, 2 } end
luafile script.lua
lua print(vim.eval("g:fromlua"), math.floor(-3.5), ("x"):rep(3, "-"))
luado return line .. " #" .. linenr
lua << EOF
local window = vim.window()
window.line = 2
print(window.line, window.col, vim.buffer().name == "", bit32.band(0xff, 0x0f))
EOF
echo luaeval("_A[1] .. _A[2] * 2", ["n", 21])
echo luaeval("vim.list()")->type()
lua error("on purpose")
lua nosuch.field = 1
lua x = = 1
redir END
write! buffer
qall!
VIM
printf 'first line\nsecond line\n' > text
run() { cp text buffer; "$@" vim.nox -es -u NONE -i NONE -c 'source run.vim' buffer < /dev/null || true; cat messages buffer; }
run env > stock.out 2>&1
run env LD_LIBRARY_PATH=$DIST/lib > ours.out 2>&1
grep -q 'Lua 5.2' ours.out
grep -q 'n42' ours.out
diff stock.out ours.out
LD_LIBRARY_PATH=$DIST/lib LD_DEBUG=libs LD_DEBUG_OUTPUT=loaded vim.nox -es -u NONE -i NONE -c 'lua x = 1' -c 'qall!' < /dev/null
grep -q "$DIST/lib/liblua5.2.so" loaded.*
