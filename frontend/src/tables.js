import { CellSelection, deleteTable, goToNextCell, isInTable, selectedRect, selectionCell } from '@tiptap/pm/tables'
import { addRowAfter } from '@tiptap/pm/tables'
import { TextSelection } from '@tiptap/pm/state'

export { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells, splitCell } from '@tiptap/pm/tables'
export { toggleHeaderCell } from '@tiptap/pm/tables'

/** A table of three rows and three columns, headers on the first row. */
export function newTable({ nodes }) {
  const row = cell => nodes.table_row.create(null, [0, 1, 2].map(() => cell.create(null, nodes.paragraph.create())))
  return nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)])
}

/** Tab in a table: the next cell, on a new row after the last one. */
export function nextCell(state, dispatch) {
  if (!isInTable(state)) return false
  if (goToNextCell(1)(state, dispatch)) return true
  return addRowAfter(state, dispatch && (tr => dispatch(intoNextCell(tr, selectionCell(state)))))
}

export function previousCell(state, dispatch) {
  return isInTable(state) && goToNextCell(-1)(state, dispatch)
}

/** The chosen rows, or columns, become headers; those that are headers from end to end become cells, but where the others cross. */
const toggleHeaders = isRow => (state, dispatch) => {
  if (!isInTable(state)) return false
  if (!dispatch) return true
  const { nodes } = state.schema
  const { map, table, tableStart, left, right, top, bottom } = selectedRect(state)
  const cells = isRow ? map.cellsInRect({ left: 0, right: map.width, top, bottom }) : map.cellsInRect({ left, right, top: 0, bottom: map.height })
  const isHeader = pos => table.nodeAt(pos).type === nodes.table_header
  const crossing = pos => {
    const cell = map.findCell(pos)
    return map.cellsInRect(isRow ? { ...cell, top: 0, bottom: map.height } : { ...cell, left: 0, right: map.width })
  }
  const remove = cells.every(isHeader)
  const tr = state.tr
  for (const pos of cells) {
    const type = remove && !crossing(pos).every(isHeader) ? nodes.table_cell : nodes.table_header
    tr.setNodeMarkup(tableStart + pos, type, table.nodeAt(pos).attrs)
  }
  dispatch(tr)
  return true
}

export const toggleHeaderRow = toggleHeaders(true)
export const toggleHeaderColumn = toggleHeaders(false)

/** Backspace or Delete on a table chosen whole removes it. */
export function deleteWholeTable(state, dispatch) {
  const { selection } = state
  if (!(selection instanceof CellSelection) || !selection.isRowSelection() || !selection.isColSelection()) return false
  return deleteTable(state, dispatch)
}

function intoNextCell(tr, $cell) {
  const $row = tr.doc.resolve(tr.doc.resolve($cell.pos).after())
  return tr.setSelection(TextSelection.near(tr.doc.resolve($row.pos + 1))).scrollIntoView()
}
