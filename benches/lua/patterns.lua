-- gmatch, gsub, find and match on text.
local words = {}
for i = 1, 4000 do words[i] = ("w%dord%s"):format(i, ("xyz"):rep(i % 5)) end
local text, total = table.concat(words, " "), 0
for _ = 1, 150 do
  for w in text:gmatch("%a+%d*") do total = total + #w end
  total = total + select(2, text:gsub("%d+", function(d) return "<" .. d .. ">" end))
  total = total + select(2, text:gsub("(%w)(%w*)", "%2%1"))
  local at = 1
  while true do
    local from, to = text:find("ord", at, true)
    if not from then break end
    total, at = total + from, to + 1
  end
  for i = 1, #words do if words[i]:match("^w(%d+)ordx") then total = total + 1 end end
end
print(total)
