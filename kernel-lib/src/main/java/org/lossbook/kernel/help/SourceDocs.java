package org.lossbook.kernel.help;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.lossbook.Internal;

/**
 * Finds Javadoc in the source jars of libraries; JShell itself only looks into the JDK's.
 *
 * @hidden
 */
@Internal
public final class SourceDocs {
  /** {@code Type Owner.name(int units)}, {@code Owner(int)}, or {@code Owner.name:Type}. */
  private static final Pattern METHOD =
      Pattern.compile("(?:.*?[ .])?(?:(\\w+)\\.)?(\\w+)\\(([^)]*)\\).*");

  private static final Pattern TYPE = Pattern.compile("(?:.*[ .])?(\\w+)(?:<.*)?");

  private static final Pattern LINKED = Pattern.compile("^\\s*\\{@link(?:plain)? (\\w+)\\b");

  private final List<Path> jars;
  private final Function<String, List<Path>> libraries;
  private final Map<String, Map<String, String>> byOwner = new HashMap<>();
  private final Set<String> withoutSources = new HashSet<>();

  SourceDocs(List<Path> jars) {
    this(jars, type -> List.of());
  }

  /**
   * @param libraries further source jars, for a type's simple name
   */
  SourceDocs(List<Path> jars, Function<String, List<Path>> libraries) {
    this.jars = jars;
    this.libraries = libraries;
  }

  /** The source jar of the library's {@code jar}; none if it does not exist. */
  public static Optional<Path> sourcesBeside(Path jar) {
    String name = jar.getFileName().toString().replace(".jar", "-sources.jar");
    return Optional.of(jar.resolveSibling(name)).filter(Files::isRegularFile);
  }

  /**
   * The sources of the jars that this process runs from.
   *
   * @param libraries those of libraries that cells added, for a type's simple name
   */
  public static SourceDocs ofThisProcess(Function<String, List<Path>> libraries) {
    String[] classpath = System.getProperty("java.class.path").split(File.pathSeparator);
    return new SourceDocs(
        Stream.of(classpath)
            .filter(entry -> entry.endsWith(".jar"))
            .flatMap(entry -> sourcesBeside(Path.of(entry)).stream())
            .toList(),
        libraries);
  }

  /**
   * The Javadoc of a {@code signature} in JShell's form; null if there is none.
   *
   * <p>Both the signature and the source name types without packages.
   */
  String of(String signature) {
    String plain = withoutGenerics(signature);
    Matcher method = METHOD.matcher(plain);
    if (method.matches()) {
      String name = method.group(2);
      String owner = method.group(1) == null ? name : method.group(1);
      String comment = comments(owner).get(name + "(" + types(method.group(3)) + ")");
      return comment == null ? null : withLinked(comment);
    }
    Matcher type = TYPE.matcher(plain.replaceAll(":.*", ""));
    return type.matches() ? comments(type.group(1)).get("") : null;
  }

  /** The comment of a factory, followed by that of the type it links to. */
  private String withLinked(String comment) {
    Matcher link = LINKED.matcher(comment);
    String linked = link.find() ? comments(link.group(1)).get("") : null;
    return linked == null ? comment : comment.strip() + "\n\n<p>" + linked.strip();
  }

  private static String withoutGenerics(String signature) {
    String plain = signature;
    while (!plain.equals(plain.replaceAll("<[^<>]*>", ""))) {
      plain = plain.replaceAll("<[^<>]*>", "");
    }
    return plain;
  }

  /** {@code int units, double... rest} as {@code int,double...}. */
  private static String types(String parameters) {
    return Stream.of(withoutGenerics(parameters).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .map(each -> each.replaceAll("\\s+\\w+$", "").replaceAll(".*\\.(?=\\w)", ""))
        .collect(Collectors.joining(","));
  }

  /** All comments of the type {@code owner}, by method; its own under the empty name. */
  private Map<String, String> comments(String owner) {
    Map<String, String> known = byOwner.get(owner);
    if (known != null) {
      return known;
    }
    Map<String, String> comments = read(owner);
    if (!comments.isEmpty()) {
      byOwner.put(owner, comments); // else a library may come that has it
    }
    return comments;
  }

  private Map<String, String> read(String owner) {
    var comments = new HashMap<String, String>();
    if (!withoutSources.contains(owner)) {
      jars.forEach(jar -> read(jar, owner, false, comments));
    }
    if (comments.isEmpty()) {
      withoutSources.add(owner);
      for (Path jar : libraries.apply(owner)) {
        var further = new HashMap<String, String>();
        read(jar, owner, true, further);
        further.forEach(comments::putIfAbsent); // of two versions the first one is loaded
      }
    }
    return comments;
  }

  /**
   * @param isBig whether a file with the type's name is all that is read, if there is one
   */
  private static void read(Path jar, String owner, boolean isBig, Map<String, String> comments) {
    try (var zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> files =
          zip.stream().filter(e -> e.getName().endsWith(".java")).toList();
      List<? extends ZipEntry> named =
          files.stream().filter(e -> e.getName().endsWith("/" + owner + ".java")).toList();
      // A nested type is in a file with another name.
      for (ZipEntry entry : isBig && !named.isEmpty() ? named : files) {
        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains(owner) && declares(text, owner)) {
          parse(text, owner, comments);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sources in " + jar + " cannot be read.", e);
    }
  }

  private static boolean declares(String text, String type) {
    return Pattern.compile("\\b(class|interface|record|enum) " + type + "\\b").matcher(text).find();
  }

  private static void parse(String text, String owner, Map<String, String> comments)
      throws IOException {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, null, null, List.of(file));
    var trees = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Reader(trees, owner, comments).scan(unit, null);
    }
  }

  private static final class Reader extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final String owner;
    private final Map<String, String> comments;

    Reader(DocTrees trees, String owner, Map<String, String> comments) {
      this.trees = trees;
      this.owner = owner;
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (type.getSimpleName().contentEquals(owner)) {
        put("", getCurrentPath());
        for (Tree member : type.getMembers()) {
          if (member instanceof MethodTree method) {
            put(name(method), new TreePath(getCurrentPath(), method));
          }
        }
      }
      return super.visitClass(type, none);
    }

    private String name(MethodTree method) {
      var types = new ArrayList<String>();
      for (VariableTree parameter : method.getParameters()) {
        types.add(parameter.toString().replaceAll("@\\w+\\s+", "").replaceAll("\\bfinal ", ""));
      }
      String name = method.getReturnType() == null ? owner : method.getName().toString();
      return name + "(" + types(String.join(", ", types)) + ")";
    }

    private void put(String name, TreePath path) {
      DocCommentTree tree = trees.getDocCommentTree(path);
      String comment = tree == null ? null : trees.getDocComment(path);
      if (comment != null) {
        comments.put(name, comment);
      }
    }
  }
}
