Option Explicit

Sub EditAll(folder As String)
  ' CSV opened as a double click does: numbers, dates and TRUE become cells of their kind.
  Edit folder, "exported.csv", "44,34,76,1,,1033,false,true", "calc-en.xlsx", "Calc MS Excel 2007 XML", "", ""
  Edit folder, "exported.csv", "44,34,76,1,,1031,false,true", "calc-de.csv", "Text - txt - csv (StarCalc)", "59,34,1,1,,1031,false,true,false", "TT.MM.JJ"
  Edit folder, "exported.csv", "44,34,76,1,,1033,false,true", "calc-en.tsv", "Text - txt - csv (StarCalc)", "9,34,65535,1,,1033,false,true,false", "MMM D, YYYY"
  Edit folder, "exported.csv", "44,34,76,1,,1033,true,false", "calc-quoted.csv", "Text - txt - csv (StarCalc)", "44,34,76,1,,1033,true,true,false", ""
  Edit folder, "exported.xlsx", "", "calc-from-excel.xlsx", "Calc MS Excel 2007 XML", "", ""
  StarDesktop.terminate()
End Sub

Function Named(key As String, value As Variant) As Object
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = key
  one.Value = value
  Named = one
End Function

Sub Edit(folder As String, source As String, how As String, target As String, kind As String, options As String, dates As String)
  Dim book As Object, sheet As Object, rows As Object
  If how = "" Then
    book = StarDesktop.loadComponentFromURL(folder & "/" & source, "_blank", 0, Array(Named("Hidden", True)))
  Else
    book = StarDesktop.loadComponentFromURL(folder & "/" & source, "_blank", 0, Array(Named("Hidden", True), Named("FilterName", "Text - txt - csv (StarCalc)"), Named("FilterOptions", how)))
  End If
  sheet = book.Sheets.getByIndex(0)
  CellOf(sheet, "c1", "status").String = "verified"
  CellOf(sheet, "c1", "note").String = "He said ""yes""; then" & Chr(10) & "left, at 5:30"
  CellOf(sheet, "c4", "status").Formula = "=""dis""&""puted"""
  CellOf(sheet, "c3", "information_grade").Value = 2
  CellOf(sheet, "c6", "information_grade").String = ""
  CellOf(sheet, "c2", "side").String = "Hill People"
  CellOf(sheet, "c7", "note").String = "08, not 07"
  If dates <> "" Then
    ShowDates book, sheet, dates
  End If
  If kind = "Calc MS Excel 2007 XML" Then
    sheet.Columns.insertByIndex(2, 1)
    sheet.getCellByPosition(2, 0).String = "my own remarks"
    sheet.getCellByPosition(2, 3).String = "ask Ines"
    sheet.Rows.getByIndex(2).IsVisible = False
    sheet.Rows.getByIndex(5).IsFiltered = True
    book.Sheets.insertNewByName("Notes", 0)
    book.Sheets.getByIndex(0).getCellByPosition(0, 0).String = "What we agreed on"
    book.storeToURL(folder & "/" & target, Array(Named("FilterName", kind)))
  Else
    book.storeToURL(folder & "/" & target, Array(Named("FilterName", kind), Named("FilterOptions", options)))
  End If
  book.close(True)
End Sub

Sub ShowDates(book As Object, sheet As Object, dates As String)
  Dim region As New com.sun.star.lang.Locale
  Dim formatKey As Long
  region.Language = "en"
  region.Country = "US"
  If dates = "TT.MM.JJ" Then
    region.Language = "de"
    region.Country = "DE"
  End If
  formatKey = book.NumberFormats.queryKey(dates, region, False)
  If formatKey = -1 Then
    formatKey = book.NumberFormats.addNew(dates, region)
  End If
  CellOf(sheet, "c5", "event_time").NumberFormat = formatKey
  CellOf(sheet, "c4", "published_at").NumberFormat = formatKey
  CellOf(sheet, "c6", "note").NumberFormat = formatKey
End Sub

Function CellOf(sheet As Object, claim As String, column As String) As Object
  Dim row As Long, across As Long
  row = 0
  Do While sheet.getCellByPosition(0, row).String <> claim
    row = row + 1
  Loop
  across = 0
  Do While sheet.getCellByPosition(across, 0).String <> column
    across = across + 1
  Loop
  CellOf = sheet.getCellByPosition(across, row)
End Function
