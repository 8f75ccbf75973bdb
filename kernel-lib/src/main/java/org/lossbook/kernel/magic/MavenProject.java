package org.lossbook.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.StringModelSource;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.lossbook.base.Messages;

/** A Maven request of a cell: dependencies, and the repositories to search. */
final class MavenProject {
  private static final String FRAME =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>notebook</groupId><artifactId>cell</artifactId><version>1</version>
        %s
      </project>
      """;

  private final List<RemoteRepository> repositories = new ArrayList<>();
  private final List<Dependency> dependencies = new ArrayList<>();

  /**
   * @param further URLs by id
   * @param central whether Maven Central is searched as well
   */
  MavenProject(Map<String, String> further, boolean central) {
    further.forEach((id, url) -> addRepository(id.replaceAll("[^\\w.-]", "_"), url));
    if (central) {
      addRepositories(effective(Messages.of(FRAME, "")));
    }
  }

  /** Adds {@code group:artifact[:packaging[:classifier]]:version}. */
  MavenProject withCoordinates(List<String> coordinates) {
    for (String each : coordinates) {
      try {
        dependencies.add(new Dependency(new DefaultArtifact(each), "runtime"));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%maven expects group:artifact:version but receives "
                + each
                + ", which is not a coordinate.");
      }
    }
    return this;
  }

  /** Adds the dependencies of a POM, or of a fragment of one, that have one of these scopes. */
  MavenProject withPom(String pom, List<String> scopes) {
    Model model = effective(pom.contains("<project") ? pom : Messages.of(FRAME, sections(pom)));
    addRepositories(model);
    for (var each : model.getDependencies()) {
      String scope = each.getScope() == null ? "compile" : each.getScope();
      if (scopes.contains(scope) && !each.isOptional()) {
        Artifact artifact =
            new DefaultArtifact(
                each.getGroupId(),
                each.getArtifactId(),
                each.getClassifier() == null ? "" : each.getClassifier(),
                each.getType(),
                each.getVersion());
        dependencies.add(new Dependency(artifact, "runtime"));
      }
    }
    return this;
  }

  /**
   * Resolves the jars of all dependencies, transitive ones included, and downloads missing ones.
   */
  List<Artifact> jars() {
    return dependencies.isEmpty() ? List.of() : MavenSession.resolve(dependencies, repositories);
  }

  /** Whether {@code jar} is one of the dependencies themselves, not what they need. */
  boolean names(Artifact jar) {
    return dependencies.stream()
        .map(Dependency::getArtifact)
        .anyMatch(
            each ->
                each.getGroupId().equals(jar.getGroupId())
                    && each.getArtifactId().equals(jar.getArtifactId()));
  }

  /** The source jar of {@code jar}, if a repository has it. */
  Optional<Path> sources(Artifact jar) {
    return MavenSession.sources(jar, repositories);
  }

  private void addRepositories(Model model) {
    model.getRepositories().forEach(each -> addRepository(each.getId(), each.getUrl()));
  }

  private void addRepository(String id, String url) {
    repositories.removeIf(each -> each.getId().equals(id));
    repositories.add(new RemoteRepository.Builder(id, "default", url).build());
  }

  private static Model effective(String pom) {
    var request =
        new DefaultModelBuildingRequest()
            .setModelSource(new StringModelSource(pom))
            .setSystemProperties(System.getProperties())
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
    try {
      return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    } catch (ModelBuildingException e) {
      throw new IllegalArgumentException("This POM cannot be read: " + e.getMessage(), e);
    }
  }

  /** Puts loose elements into the sections where a POM has them. */
  private static String sections(String piece) {
    return section("dependencies", "dependency", piece)
        + section("repositories", "repository", piece);
  }

  private static String section(String section, String element, String piece) {
    var found = new StringBuilder();
    Pattern.compile("<" + element + ">.*?</" + element + ">", Pattern.DOTALL)
        .matcher(piece)
        .results()
        .forEach(each -> found.append(each.group()));
    return found.isEmpty() ? "" : "<" + section + ">" + found + "</" + section + ">";
  }
}
