package org.lossbook.kernel.cell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The files of the compiler, which looks for classes in the order of {@link Libraries} and finds
 * them in {@link ClassPathIndex}.
 */
final class CompilerFiles {
  private CompilerFiles() {}

  /**
   * {@code files} with the class path in the libraries' order; JShell appends added entries.
   *
   * @param plugins whether javac loads its plugins from the class path; it would open every jar for
   *     each snippet, to find none
   */
  static StandardJavaFileManager of(
      StandardJavaFileManager files, Libraries libraries, boolean plugins) {
    var index = new ClassPathIndex().prepared();
    // A proxy, because the interface has two dozen methods, and more in later JDKs.
    return (StandardJavaFileManager)
        Proxy.newProxyInstance(
            CompilerFiles.class.getClassLoader(),
            new Class<?>[] {StandardJavaFileManager.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "list" ->
                      isOfClassPath(args)
                          ? index.list(
                              files.getLocationAsPaths(StandardLocation.CLASS_PATH),
                              (String) args[1],
                              kinds(args[2]))
                          : call(files, method, args);
                  case "inferBinaryName" ->
                      args[1] instanceof ClassPathFile file
                          ? file.binaryName()
                          : call(files, method, args);
                  case "getClassLoader" ->
                      args[0] == StandardLocation.CLASS_PATH && !plugins
                          ? ClassLoader.getPlatformClassLoader()
                          : call(files, method, args);
                  default -> call(files, method, ordered(method, args, libraries));
                });
  }

  /** Whether the classes of one package of the class path are listed. */
  private static boolean isOfClassPath(Object... args) {
    boolean withSubpackages = (boolean) args[3];
    return args[0] == StandardLocation.CLASS_PATH && !withSubpackages;
  }

  private static Set<Kind> kinds(Object kinds) {
    return ((Set<?>) kinds).stream().map(Kind.class::cast).collect(Collectors.toSet());
  }

  private static Object call(Object files, Method method, Object... args) throws Throwable {
    try {
      return method.invoke(files, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object[] ordered(Method method, Object[] args, Libraries libraries) {
    boolean isClassPath =
        method.getName().equals("handleOption")
            && List.of("-classpath", "-cp", "--class-path").contains(args[0]);
    if (!isClassPath) {
      return args;
    }
    String classPath = (String) ((Iterator<?>) args[1]).next();
    return new Object[] {args[0], List.of(libraries.ordered(classPath)).iterator()};
  }
}
