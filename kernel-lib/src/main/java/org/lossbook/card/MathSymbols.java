package org.lossbook.card;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What commands of LaTeX stand for. */
final class MathSymbols {
  /** Letters. */
  static final Map<String, String> LETTERS =
      pairs(
          "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ iota ι kappa κ"
              + " lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ"
              + " psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω"
              + " ell ℓ partial ∂ infty ∞ nabla ∇ emptyset ∅ hbar ℏ");

  /** Operators, relations and brackets. */
  static final Map<String, String> OPERATORS =
      pairs(
          "cdot · times × div ÷ pm ± mp ∓ le ≤ leq ≤ ge ≥ geq ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼"
              + " propto ∝ in ∈ notin ∉ cup ∪ cap ∩ subset ⊂ subseteq ⊆ setminus ∖ to → rightarrow →"
              + " leftarrow ← mapsto ↦ Rightarrow ⇒ iff ⇔ ldots … dots … cdots ⋯ vdots ⋮ mid ∣ vert |"
              + " Vert ‖ lVert ‖ rVert ‖ lvert | rvert | lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨"
              + " rangle ⟩ { { } } | ‖ odot ⊙ otimes ⊗ oplus ⊕ circ ∘ ast ∗ star ⋆ top ⊤ perp ⊥"
              + " colon : land ∧ lor ∨ neg ¬ forall ∀ exists ∃ gets ← prime ′ ll ≪ gg ≫ % % $ $ # #"
              + " & & _ _");

  /** Operators whose limits stand above and below. */
  static final Map<String, String> LARGE = pairs("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂");

  /** Functions; those of {@link #LIMITS} have what they range over below. */
  static final Set<String> FUNCTIONS =
      Set.of(
          "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arccos", "arcsin",
          "arctan", "det", "dim", "max", "min", "lim", "sup", "inf", "gcd", "Pr", "arg");

  static final Set<String> LIMITS = Set.of("max", "min", "lim", "sup", "inf");

  /** Spaces, in em. */
  static final Map<String, String> SPACES =
      pairs("quad 1em qquad 2em , 0.167em : 0.222em ; 0.278em ! 0em ~ 0.33em");

  /** Signs above a letter. */
  static final Map<String, String> ACCENTS =
      pairs("hat ^ tilde ~ bar ¯ overline ¯ vec → dot ˙ ddot ¨ widehat ^ widetilde ~");

  private MathSymbols() {}

  private static Map<String, String> pairs(String words) {
    String[] all = words.split(" ");
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i + 1 < all.length; i += 2) {
      pairs.put(all[i], all[i + 1]);
    }
    return Map.copyOf(pairs);
  }
}
