-- Cells hold plain text, which has the small letters of a table, and not paragraphs.
local function plain(block)
  if block.t == "Para" then return pandoc.Plain(block.content) end
end

function Table(found)
  return found:walk({ Para = plain })
end
