package org.lossbook.kernel.magic;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagic;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import io.github.spencerpark.jupyter.kernel.magic.registry.MagicsArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lossbook.Internal;

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

  private final Consumer<Path> classpath;
  private final Map<String, String> repositories = new LinkedHashMap<>();

  public MavenMagics(Consumer<Path> classpath) {
    this.classpath = classpath;
  }

  /**
   * {@code %maven group:artifact:version …}: adds artifacts and their dependencies. {@code --from
   * ID} or {@code --from URL} searches that repository only.
   */
  @LineMagic(aliases = {"addMavenDependency", "maven"})
  public void addMavenDependencies(List<String> args) {
    Map<String, List<String>> read =
        MagicsArgs.builder()
            .varargs("deps")
            .keyword("from")
            .flag("verbose", 'v')
            .build()
            .parse(args);
    Map<String, String> from = new LinkedHashMap<>();
    for (String each : read.get("from")) {
      from.put(each, repositories.getOrDefault(each, each));
    }
    var project = new MavenProject(from.isEmpty() ? repositories : from, from.isEmpty());
    add(project.withCoordinates(read.get("deps")));
  }

  /** {@code %mavenRepo id url}: a further repository for every {@code %maven} after it. */
  @LineMagic(aliases = {"mavenRepo"})
  public void addMavenRepo(List<String> args) {
    if (args.size() != 2) {
      throw new IllegalArgumentException(
          "%mavenRepo expects an id and a URL but receives " + args.size() + " words.");
    }
    repositories.put(args.get(0), args.get(1));
  }

  /** {@code %loadFromPOM pom.xml [scope …]}: adds the dependencies of a POM. */
  @LineMagic
  public void loadFromPOM(List<String> args) throws IOException {
    if (args.isEmpty()) {
      throw new IllegalArgumentException("%loadFromPOM expects the path of a POM.");
    }
    load(Files.readString(Path.of(args.get(0))), args.subList(1, args.size()));
  }

  /**
   * {@code %%loadFromPOM [scope …]}: the same for a POM in the cell, or for a snippet as in a
   * README: loose {@code dependency} and {@code repository} elements suffice.
   */
  @CellMagic
  public void loadFromPOM(List<String> scopes, String body) {
    load(body, scopes);
  }

  private void load(String pom, List<String> scopes) {
    var project = new MavenProject(Map.of(), true);
    add(project.withPom(pom, scopes.isEmpty() ? DEFAULT_SCOPES : scopes));
  }

  private void add(MavenProject project) {
    new ArrayList<>(project.jars()).forEach(classpath);
  }
}
