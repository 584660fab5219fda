-- The lines and variables that hooks see, where closing and jumps meet.
local function watch(text)
  local function hook(_, line)
    io.write(line)
    local i = 1
    while true do
      local name = debug.getlocal(2, i)
      if not name then break end
      if name ~= "(temporary)" then io.write(" ", name) end
      i = i + 1
    end
    print()
  end
  local f = assert(load(text, "=text"))
  debug.sethook(hook, "l")
  f()
  debug.sethook()
end

-- check: the end of a generic loop
watch "for a, b in ipairs{1, 2} do\n local c = b\nend\nlocal q\nfor a in ipairs{} do\n local c\nend\nlocal r"
-- check: leaving a generic loop
watch "for a in ipairs{1, 2} do\n if a > 1 then\n break\n end\n local c\nend\nlocal q"
watch "for a in ipairs{1, 2} do\n goto out\n local c\nend\n::out::\nlocal q"
watch "for a in ipairs{1, 2} do\n for b in ipairs{3, 4} do\n if a == b - 2 then goto next end\n end\n ::next::\nend\nlocal q"
-- check: leaving a loop with captured variables
watch "for i = 1, 2 do\n local x = i\n local f = function() return x end\n if i == 2 then break end\n f()\nend\nlocal q"
watch "local i = 0\nwhile true do\n local x = i\n local f = function() return x end\n i = i + 1\n if i == 2 then break end\nend\nlocal q"
-- check: repeat loops with captured variables
watch "local i = 0\nrepeat\n local x = i\n local f = function() return x end\n i = i + 1\nuntil f() > 0\nlocal q"
watch "local i = 0\nrepeat\n local x = i\n local f = function() return x end\n if i == 1 then break end\n i = i + 1\nuntil x > 5\nlocal q"
-- check: blocks with variables to be closed
watch "local c = setmetatable({}, {__close = function() end})\ndo\n local x <close> = c\n local y = 1\nend\nlocal q"
watch "local c = setmetatable({}, {__close = function() end})\ndo\n local x <close> = c\n goto out\n local y = 1\n ::out::\nend\nlocal q"
watch "local c = setmetatable({}, {__close = function() end})\nfor i = 1, 2 do\n local x <close> = c\n if i == 1 then goto go_on end\n local y = 1\n ::go_on::\nend\nlocal q"
-- check: jumps back
watch "local i = 0\n::top::\nlocal x = i\nlocal f = function() return x end\ni = i + 1\nif i < 3 then goto top end\nlocal q"
watch "do\n local i = 0\n ::top::\n do\n local x = i\n local f = function() return x end\n i = i + 1\n if i < 2 then goto top end\n end\nend\nlocal q"
-- check: numeric loops
watch "for i = 1,\n 2\ndo\n local x = i\nend\nfor i = 3, 1 do\n local y\nend\nfor i = 1.0, 2 do local z = i end\nlocal q"
-- check: conditions over several lines
watch "local a, b = 1, 2\nif a == 1\n and b == 2\n then\n a = 3\nelseif a == 2\nthen\n a = 4\nelse\n a = 5\nend\nwhile a\n > b do\n a = a - 1\nend\nlocal q"
-- check: calls over several lines
watch "local function f(...) return ... end\nlocal x = f(\n1,\nf(\n2\n)\n)\nlocal t = {\nf(1),\nx = f(2),\n[f(3)] =\nf(4)\n}\nt\n.x\n= f\n(5)\nlocal q"
-- check: declarations
watch "global x <const>, y =\n 1,\n 2\nglobal print\nglobal function\n f(...t)\n return t.n\nend\nlocal q = f(\n1)\nglobal *"
-- check: active lines
for _, text in ipairs{"local x\n\nx = 1\n", "return\n\n1", "local function f(...t)\n\nreturn t\nend\nglobal y\n\ny = f", "for i = 1, 2 do\n\nend", "goto l\n::l::\n"} do local lines = {} for line in pairs(debug.getinfo(load(text), "L").activelines) do lines[#lines + 1] = line end table.sort(lines) print(table.concat(lines, " ")) end
