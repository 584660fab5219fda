-- A template is turned into Lua source, compiled and rendered many times; and a renderer by gsub.
local compile = loadstring or load
local function translate(text)
  local out, at = { "local emit, items, title, escape = ... " }, 1
  while true do
    local from, to, kind, code = text:find("<%%(=?)(.-)%%>", at)
    out[#out + 1] = ("emit(%q) "):format(text:sub(at, (from or 0) - 1))
    if not from then break end
    out[#out + 1] = kind == "=" and "emit(escape(" .. code .. ")) " or code .. " "
    at = to + 1
  end
  return table.concat(out)
end
local entities = { ["<"] = "&lt;", [">"] = "&gt;", ["&"] = "&amp;" }
local function escape(v) return (tostring(v):gsub("[<>&]", entities)) end
local page = [[
<h1><%= title %></h1>
<ul>
<% for i, item in ipairs(items) do %>
  <li class="<%= i % 2 == 0 and "even" or "odd" %>"><%= item.name %>: <%= item.price * 2 %></li>
<% end %>
</ul>
]]
local items = {}
for i = 1, 40 do items[i] = { name = "item <" .. i .. ">", price = i / 4 } end
local size = 0
for round = 1, 1600 do
  local f = assert(compile(translate(page)))
  for _ = 1, 3 do
    local out = {}
    f(function(s) out[#out + 1] = s end, items, "list & " .. round, escape)
    size = size + #table.concat(out)
  end
end
local values = { name = "world", place = "here", n = 3 }
for i = 1, 160000 do
  values.n = i
  size = size + #("Hello $name, you are $place for the $(n)th time"):gsub("%$%(?(%w+)%)?", values)
end
print(size)
