package org.lossbook.kernel.cell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** What an edit means to the rest of the notebook, once the edited cell compiles. */
final class Aftermath {
  private static final Set<Status> BROKEN =
      Set.of(Status.RECOVERABLE_DEFINED, Status.RECOVERABLE_NOT_DEFINED);

  private final CellRunner cells;
  private final JShell shell;
  private final Variables variables;

  Aftermath(CellRunner cells, Variables variables) {
    this.cells = cells;
    this.shell = cells.shell();
    this.variables = variables;
  }

  /** Says what no longer compiles, and makes functions in variables anew. */
  void of(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null
          && event.previousStatus() == Status.VALID
          && event.snippet() instanceof DeclarationSnippet broken
          && !(broken instanceof VarSnippet)
          && BROKEN.contains(shell.status(broken))) {
        sayBroken(broken);
      }
    }
    variables.staleFunctions().forEach(this::renew);
  }

  private void sayBroken(DeclarationSnippet broken) {
    Place place = cells.places().of(broken.id());
    String missing =
        shell
            .unresolvedDependencies(broken)
            .findFirst()
            .map(name -> ": it uses " + name)
            .or(() -> cells.firstError(broken).map(error -> ": " + error))
            .orElse("");
    System.out.printf(
        Locale.ROOT,
        "%s%s no longer compiles after this edit%s.%n",
        broken.name(),
        place == null ? "" : " in cell [" + place.cell() + "]",
        missing);
  }

  /** Evaluates the declaration {@code source} of a function again, which changes nothing else. */
  private void renew(String name, String source) {
    Optional<Place> place =
        shell
            .variables()
            .filter(variable -> variable.name().equals(name))
            .map(variable -> cells.places().of(variable.id()))
            .filter(Objects::nonNull)
            .findFirst();
    if (place.isEmpty()) {
      return;
    }
    Map<String, WholeCell.Replaced> replaced = new LinkedHashMap<>();
    variables.untie(source);
    List<SnippetEvent> events = shell.eval(source);
    cells.places().add(events, place.get(), replaced);
    if (events.get(0).status().isDefined()) {
      variables.ran(events.get(0).snippet(), true);
      return;
    }
    variables.keepFunction(name);
    cells.restore(replaced.values());
    System.out.printf(
        Locale.ROOT,
        "%s is still the function from before this edit, since its declaration in cell [%d] does"
            + " not fit any more.%n",
        name,
        place.get().cell());
  }
}
