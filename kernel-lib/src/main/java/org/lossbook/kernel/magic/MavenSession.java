package org.lossbook.kernel.magic;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * Maven's resolver with the user's Maven settings: mirrors, proxies, local repository.
 *
 * <p>MIMA, a library for this set-up, needs the older resolver 1.9: MIMA 2.4.48 fails to start with
 * the resolver 2.0 that is used here. With its own resolver it is three jars more, about 70 kB, and
 * resolving takes about as long.
 */
final class MavenSession {
  private static final Path HOME = Path.of(System.getProperty("user.home"), ".m2");

  private MavenSession() {}

  /** Resolves the jars of {@code dependencies} and their runtime dependencies. */
  static List<Artifact> resolve(
      List<Dependency> dependencies, List<RemoteRepository> repositories) {
    RepositorySystem system = new RepositorySystemSupplier().get();
    try (CloseableSession session = session(system, settings())) {
      var collect =
          new CollectRequest(
              dependencies, List.of(), system.newResolutionRepositories(session, repositories));
      var filter = DependencyFilterUtils.classpathFilter(JavaScopes.COMPILE, JavaScopes.RUNTIME);
      return system
          .resolveDependencies(session, new DependencyRequest(collect, filter))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    } catch (DependencyResolutionException e) {
      String wanted =
          dependencies.stream()
              .map(each -> each.getArtifact().toString())
              .collect(Collectors.joining(", "));
      throw new IllegalStateException("%maven cannot get " + wanted + ": " + e.getMessage(), e);
    } finally {
      system.shutdown();
    }
  }

  /** The source jar of {@code jar}, if a repository has it. */
  static Optional<Path> sources(Artifact jar, List<RemoteRepository> repositories) {
    RepositorySystem system = new RepositorySystemSupplier().get();
    try (CloseableSession session = session(system, settings())) {
      var request =
          new ArtifactRequest(
              new SubArtifact(jar, "sources", "jar"),
              system.newResolutionRepositories(session, repositories),
              null);
      return Optional.of(system.resolveArtifact(session, request).getArtifact().getPath());
    } catch (ArtifactResolutionException e) {
      return Optional.empty(); // many libraries have none
    } finally {
      system.shutdown();
    }
  }

  private static CloseableSession session(RepositorySystem system, Settings settings) {
    String local = settings.getLocalRepository();
    var builder =
        new SessionBuilderSupplier(system)
            .get()
            .withLocalRepositoryBaseDirectories(
                local == null ? HOME.resolve("repository") : Path.of(local))
            .setSystemProperties(System.getProperties())
            .setOffline(settings.isOffline());
    var mirrors = new DefaultMirrorSelector();
    for (Mirror each : settings.getMirrors()) {
      mirrors.add(
          each.getId(),
          each.getUrl(),
          each.getLayout(),
          false,
          each.isBlocked(),
          each.getMirrorOf(),
          each.getMirrorOfLayouts());
    }
    var proxies = new DefaultProxySelector();
    for (Proxy each : settings.getProxies()) {
      if (each.isActive()) {
        var login =
            new AuthenticationBuilder()
                .addUsername(each.getUsername())
                .addPassword(each.getPassword())
                .build();
        proxies.add(
            new org.eclipse.aether.repository.Proxy(
                each.getProtocol(), each.getHost(), each.getPort(), login),
            each.getNonProxyHosts());
      }
    }
    var logins = new DefaultAuthenticationSelector();
    for (Server each : settings.getServers()) {
      logins.add(
          each.getId(),
          new AuthenticationBuilder()
              .addUsername(each.getUsername())
              .addPassword(each.getPassword())
              .addPrivateKey(each.getPrivateKey(), each.getPassphrase())
              .build());
    }
    return builder
        .setMirrorSelector(mirrors)
        .setProxySelector(proxies)
        .setAuthenticationSelector(logins)
        .build();
  }

  private static Settings settings() {
    var request =
        new DefaultSettingsBuildingRequest()
            .setUserSettingsFile(HOME.resolve("settings.xml").toFile())
            .setSystemProperties(System.getProperties());
    String maven = System.getenv("MAVEN_HOME");
    if (maven != null && !maven.isBlank()) {
      request.setGlobalSettingsFile(new File(maven, "conf/settings.xml"));
    }
    try {
      return new DefaultSettingsBuilderFactory()
          .newInstance()
          .build(request)
          .getEffectiveSettings();
    } catch (SettingsBuildingException e) {
      throw new IllegalStateException(
          "%maven cannot read " + HOME.resolve("settings.xml") + ": " + e.getMessage(), e);
    }
  }
}
