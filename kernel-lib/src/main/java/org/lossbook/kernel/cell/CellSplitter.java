package org.lossbook.kernel.cell;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;

/** Splits a cell into snippets, and says where in the cell each begins. */
final class CellSplitter {
  private final SourceCodeAnalysis analysis;

  CellSplitter(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /**
   * The snippets of a cell; the last one is incomplete where the cell is. Sealed types permit those
   * of the cell that extend them.
   *
   * @param code the Java
   * @param shown the cell as it was written, with the same lines
   */
  List<WholeCell.Piece> pieces(int cell, String code, String shown) {
    List<WholeCell.Piece> pieces = split(cell, code, shown);
    String sealed =
        SealedTypes.withPermits(code, pieces.stream().map(WholeCell.Piece::source).toList());
    return sealed.equals(code) ? pieces : split(cell, sealed, shown);
  }

  private List<WholeCell.Piece> split(int cell, String code, String shown) {
    var pieces = new ArrayList<WholeCell.Piece>();
    String rest = code;
    var info = analysis.analyzeCompletion(rest);
    while (info.completeness() != Completeness.EMPTY) {
      // JShell loses count of the lines of a snippet that begins with blank ones.
      String blank = rest.substring(0, rest.length() - rest.stripLeading().length());
      var place = new Place(cell, code, shown, code.length() - rest.length() + blank.length());
      if (!info.completeness().isComplete()) {
        pieces.add(new WholeCell.Piece(rest.strip(), place, false));
        return pieces;
      }
      pieces.add(new WholeCell.Piece(info.source().substring(blank.length()), place, true));
      rest = info.remaining();
      info = analysis.analyzeCompletion(rest);
    }
    return pieces;
  }

  /** The last snippet of {@code code}, complete or not. */
  String last(String code) {
    String last = code;
    var info = analysis.analyzeCompletion(code);
    while (info.completeness().isComplete() && !info.remaining().isBlank()) {
      last = info.remaining();
      info = analysis.analyzeCompletion(last);
    }
    return last;
  }
}
