package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import io.github.spencerpark.jupyter.kernel.magic.registry.MagicsArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.eclipse.aether.artifact.Artifact;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.LibraryNotes;

/**
 * The magics {@code %maven}, {@code %mavenRepo} and {@code %loadFromPOM}: libraries from Maven
 * repositories.
 *
 * @hidden
 */
@Internal
public final class MavenMagics {
  private static final List<String> DEFAULT_SCOPES =
      List.of("compile", "runtime", "system", "import");

  private final Environment environment;
  private final BiConsumer<Path, Callable<Optional<Path>>> classpath;
  private final Map<String, String> repositories = new LinkedHashMap<>();

  /**
   * @param classpath takes a jar, and what fetches its sources
   */
  MavenMagics(Environment environment, BiConsumer<Path, Callable<Optional<Path>>> classpath) {
    this.environment = environment;
    this.classpath = classpath;
  }

  List<Magic> magics() {
    return List.of(
        Magic.line(
                "maven",
                "group:artifact:version … [--from URL]",
                "adds libraries, with what they need, from Maven Central or your repositories",
                this::add)
            .orAs("addMavenDependency", "addMavenDependencies"),
        Magic.line(
                "mavenRepo",
                "id URL",
                "a further repository for every %maven after it",
                this::addRepository)
            .orAs("addMavenRepo"),
        Magic.line(
            "loadFromPOM", "pom.xml [scope …]", "adds the dependencies of a POM", this::loadFile),
        Magic.cell(
            "loadFromPOM",
            "[scope …]",
            "adds the dependencies of the POM, or of the loose elements, in the cell",
            call -> load(call.body(), call.words())));
  }

  private Object add(MagicCall call) {
    Map<String, List<String>> read =
        MagicsArgs.builder()
            .varargs("deps")
            .keyword("from")
            .flag("verbose", 'v')
            .build()
            .parse(call.someWords("group:artifact:version"));
    Map<String, String> from = new LinkedHashMap<>();
    for (String each : read.get("from")) {
      from.put(each, repositories.getOrDefault(each, each));
    }
    var project = new MavenProject(from.isEmpty() ? repositories : from, from.isEmpty());
    return add(project.withCoordinates(read.get("deps")));
  }

  private Object addRepository(MagicCall call) {
    List<String> words = call.words();
    if (words.size() != 2) {
      throw new IllegalArgumentException(
          "%mavenRepo expects an id and a URL but receives " + words.size() + " words.");
    }
    repositories.put(words.get(0), words.get(1));
    return null;
  }

  private Object loadFile(MagicCall call) throws IOException {
    List<String> words = call.someWords("the path of a POM");
    Path pom = environment.file(call.magic(), words.get(0));
    if (!Files.isRegularFile(pom)) {
      throw wrong(
          "%s finds no file %s: the path is taken from %s.",
          call.magic(), words.get(0), environment.folder());
    }
    return load(Files.readString(pom), words.subList(1, words.size()));
  }

  private Object load(String pom, List<String> scopes) {
    var project = new MavenProject(Map.of(), true);
    List<String> jars = add(project.withPom(pom, scopes.isEmpty() ? DEFAULT_SCOPES : scopes));
    if (jars.isEmpty()) {
      throw wrong("loadFromPOM expects a POM with dependencies but finds none.");
    }
    return jars;
  }

  private List<String> add(MavenProject project) {
    List<Artifact> jars = project.jars();
    for (Artifact each : jars) {
      Runnable adding = () -> classpath.accept(each.getPath(), () -> project.sources(each));
      if (project.names(each)) {
        adding.run();
      } else {
        LibraryNotes.asNeeded(adding);
      }
    }
    return jars.stream().map(each -> each.getPath().toString()).toList();
  }
}
