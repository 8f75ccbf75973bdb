"""What a notebook holds after a cell is edited and run again: nothing is lost without a word."""


def test_variables_outlive_the_method_and_the_model_that_made_them(embedded):
    for code in (
        "double scale(double v) { return v / 255; }",
        "var pixel = scale(51);",
        "var net = sequential(input(1), dense(1)).compile(sgd(), mse());",
        "var run = net.fit(new double[][] {{1}, {2}}, new double[] {1, 2}, epochs(1).quiet());",
        "double scale(double v) { return v / 256; }",
        "var net = sequential(input(1), dense(2).relu(), dense(1)).compile(adam(), mse());",
    ):
        assert embedded.run(code).status == "ok"
    assert embedded.run("pixel").value["text/plain"] == "0.2"
    assert embedded.run("run != null").value["text/plain"] == "true"


def test_a_lambda_calls_the_edited_method(embedded):
    embedded.run("double h(double x) { return x + 1; }")
    embedded.run("DoubleUnaryOperator op = x -> h(x);")
    embedded.run("double h(double x) { DoubleUnaryOperator two = v -> v + 2; return two.applyAsDouble(x); }")
    assert embedded.run("op.applyAsDouble(1)").value["text/plain"] == "3.0"


def test_an_object_lives_on_when_its_class_is_edited_and_what_is_new_is_said(embedded):
    embedded.run('class Cat { int lives = 9; String says() { return "miau"; } }')
    embedded.run("var cat = new Cat(); List<Cat> cats = List.of(cat);")
    edited = embedded.run('class Cat { int lives = 9; int age; String says() { return "meow"; } }')
    assert edited.text() == "One Cat made before this edit: age is 0.\n"
    assert embedded.run("cats.get(0).says() + cat.lives + (cat == cats.get(0))").value["text/plain"] == "meow9true"


def test_a_cell_that_does_not_compile_replaces_nothing(embedded):
    embedded.run("int kept = 5;")
    assert embedded.run("int kept = fiv();").status == "error"
    assert embedded.run("kept").value["text/plain"] == "5"


def test_declarations_of_a_cell_may_stand_in_any_order(embedded):
    answer = embedded.run(
        """
        record Circle(double r) implements Shape { @Override public double area() { return 3 * r * r; } }
        record Square(double s) implements Shape { @Override public double area() { return s * s; } }
        sealed interface Shape { double area(); }
        double total = sum(new Circle(1), new Square(2));
        double sum(Shape... shapes) { return Arrays.stream(shapes).mapToDouble(Shape::area).sum(); }
        total
        """
    )
    assert answer.value["text/plain"] == "7.0"
