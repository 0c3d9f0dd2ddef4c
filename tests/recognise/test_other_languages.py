"""Small reports in French, Spanish and Portuguese, with what such reports repeat and quote."""

from __future__ import annotations


def test_a_report_in_french(lines) -> None:
    paper = lines(
        """
# Évaluation indépendante des bacs des quatre îles (2018-2022)
## Résumé exécutif
### Principaux constats
- Le service répond aux besoins des habitants des quatre îles.
- Le carburant coûte un tiers de plus que dans les ports voisins.
### Recommandations
1) Réparer le quai du nord avant les tempêtes de l'hiver.
2) Publier les tarifs de toutes les lignes.
## 1. Introduction
L'autorité portuaire exploite onze bacs entre les quatre îles depuis plus de vingt ans.
## 2. Constats
### 2.1 Pertinence
**Constat 1 : Le service répond aux besoins des habitants des quatre îles.** Les habitants le disent tous, été comme hiver.
### 2.2 Efficience
**Constat 2 : Le carburant coûte un tiers de plus que dans les ports voisins.** La recommandation 3 de l'audit a été mise en œuvre.
## 3. Conclusions
Conclusion 1. La ligne est nécessaire tant qu'il n'y a pas de pont entre les îles.
## 4. Recommandations
Recommandation 1 : L'autorité devrait réparer le quai du nord avant les tempêtes de l'hiver.
Responsable : Autorité portuaire. Priorité : élevée. Délai : court terme.
Recommandation 2 : Le ministère devrait publier les tarifs de toutes les lignes.
Responsable : Ministère des Ports. Priorité : moyenne.
## 5. Leçons apprises
- Les équipages connaissent mieux le temps que le bureau.
- Un horaire que personne ne voit ne sert à rien.
## Annexe 1 : Réponse de la direction
Recommandation 1 : Acceptée. Les travaux commencent en mai.
Recommandation 2 : Partiellement acceptée. Les tarifs du courrier sont secrets.
"""
    )
    assert paper.kinds() == {"conclusion": 1, "finding": 2, "lesson": 2, "recommendation": 2, "response": 2}
    assert paper.criteria("finding") == [("relevance",), ("efficiency",)]
    assert [r.priority for r in paper.all("recommendation")] == ["high", "medium"]
    assert [(s.verdict, [a.id for a in s.answers]) for s in paper.all("response")] == [
        ("accepted", ["1.r1"]),
        ("partially_accepted", ["1.r2"]),
    ]
    (evaluation,) = paper.record.evaluations
    assert (evaluation.period.from_, evaluation.period.to) == (2018, 2022)


def test_a_report_in_spanish(lines) -> None:
    paper = lines(
        """
# Evaluación final de los transbordadores de las cuatro islas
## Resumen ejecutivo
Recomendación 1: Reparar el muelle del norte antes del invierno.
## 1. Antecedentes
La autoridad portuaria opera once barcos. La recomendación 3 de la evaluación anterior fue aplicada.
### Estado de las recomendaciones de la evaluación anterior
Recomendación 1: Comprar dos barcos más para la ruta del sur.
## 2. Hallazgos
### Pertinencia
HALLAZGO 1. El servicio responde a lo que piden los isleños en todo el año.
### Eficacia
HALLAZGO 2. Los barcos llegan tarde en la ruta del norte.
## 3. Conclusiones y lecciones aprendidas
1) La ruta es necesaria mientras no haya puente entre las islas.
2) Las tarifas cubren el combustible y poco más que eso.
3) Una lección aprendida es que las tripulaciones conocen mejor el tiempo que la oficina.
## 4. Recomendaciones
### 4.1 Para la autoridad portuaria
- Reparar el muelle del norte antes del invierno y empezar por los escalones.
- Publicar las tarifas de todas las rutas en la página de la autoridad.
### 4.2 Para el ministerio
- Pagar a las tripulaciones antes del fin de cada mes.
"""
    )
    assert paper.kinds() == {"conclusion": 2, "finding": 2, "lesson": 1, "recommendation": 3}
    assert paper.criteria("finding") == [("relevance",), ("effectiveness",)]
    assert paper.openings("recommendation", 2) == ["Reparar el", "Publicar las", "Pagar a"]
    assert paper.numbers("recommendation")[0] == "1"


def test_a_report_in_portuguese(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Avaliação das barcas das quatro ilhas, 2019-2023
## Sumário
Constatação 1 4
Constatação 2 7
## 1. Introdução
A autoridade portuária explora onze barcas entre as quatro ilhas desde há vinte anos.
## 2. Constatações
### Relevância
{{a}} **Constatação 1**
{{a}} O serviço responde ao que pedem os habitantes das ilhas.
{one}
### Eficiência
{{b}} **Constatação 2**
{{b}} O combustível custa mais um terço do que nos portos vizinhos.
{two}
## 3. Boas práticas
- As tripulações reúnem-se todas as semanas para planear as viagens.
- As tarifas estão pintadas no costado das barcas.
## 4. Recomendações
### 4.1 Reparar o cais do norte
A autoridade portuária tem o dinheiro, e as pedras estão à espera há dois anos.
### 4.2 Publicar as tarifas de todas as linhas
Metade dos passageiros não sabia o que ia pagar quando chegou ao cais.
## Resposta do Instituto
Recomendação 1: Aceite. As obras começam em maio.
Recomendação 2: Rejeitada. As tarifas mudam com a maré.
"""
    )
    assert paper.kinds() == {"finding": 2, "good_practice": 2, "recommendation": 2, "response": 2}
    assert paper.texts("finding") == [
        "O serviço responde ao que pedem os habitantes das ilhas.",
        "O combustível custa mais um terço do que nos portos vizinhos.",
    ]
    assert paper.openings("recommendation", 4) == ["Reparar o cais do", "Publicar as tarifas de"]
    assert [s.verdict for s in paper.all("response")] == ["accepted", "rejected"]
